// Distributions inside the simulation: one standard normal in, one sample out, increasing in it.
#pragma once

#include "vfm/core/contract.hpp"
#include "vfm/random/mathematics.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <vector>

namespace vfm::random {

/// The gamma distribution of mean 1 and one shape, as a function of a standard normal: a piecewise cubic for
/// the cube root of the quantile (which Wilson and Hilferty 1931 showed to be nearly linear), cubed. The
/// pieces are Hermite: nodes and slopes are exact, from Boost.Math in long double. They are made when first
/// needed, since many a study is only checked: until then the table is for one thread.
class GammaTable {
  public:
    /// Throws std::invalid_argument unless shape is in [0.1, 1e6].
    explicit GammaTable(double shape);

    [[nodiscard]] double shape() const { return shape_; }

    /// This table with its pieces made.
    [[nodiscard]] const GammaTable& made() const {
        if (pieces_.empty()) [[unlikely]]
            make_pieces();
        return *this;
    }

    /// The sample at the standard normal z; beyond +-8.5 (a probability of 1e-17) the end's. Needs its
    /// pieces.
    [[nodiscard]] double at(double z) const {
        const double position = (z - lowest_z) * pieces_per_unit_;
        const double inside =
            !(position > 0.0) ? 0.0 : (position < last_position_ ? position : last_position_);
        const auto index = static_cast<std::uint32_t>(inside);
        const double t = inside - static_cast<double>(index);
        const Piece& piece = pieces_[index];
        const double root = piece.c0 + t * (piece.c1 + t * (piece.c2 + t * piece.c3));
        return root * root * root;
    }

    static constexpr double lowest_z = -8.5;
    static constexpr double highest_z = 8.5;

  private:
    struct Piece {
        double c0, c1, c2, c3;
    };
    void make_pieces() const;

    double shape_;
    double pieces_per_unit_;
    double last_position_;
    mutable std::vector<Piece> pieces_;
};

/// The gamma tables of a run: one for each distinct shape, made at first request, with stable addresses.
/// Not thread-safe; whoever resolves the inputs owns it, and it must outlive the samplers made with it.
class GammaTables {
  public:
    /// The table of this shape. Throws std::invalid_argument as GammaTable does.
    const GammaTable* make(double shape);

    /// How many shapes have a table.
    [[nodiscard]] std::size_t size() const { return tables_.size(); }

  private:
    std::map<double, std::unique_ptr<const GammaTable>> tables_;
};

/// A distribution evaluated at a standard normal: a small trivially copyable value. Every kind but `fixed`
/// increases with z, so that common random numbers keep their order between arms. Factories throw
/// std::invalid_argument, with a sentence for the user, when parameters are not finite or out of range.
class Sampler {
  public:
    enum class Kind : std::uint8_t { fixed, lognormal, gamma, uniform, triangular };

    /// Always zero.
    Sampler() = default;

    [[nodiscard]] static Sampler fixed(double value);
    /// mean > 0; cv = standard deviation / mean >= 0
    [[nodiscard]] static Sampler lognormal_mean_cv(double mean, double cv);
    /// mean > 0; shape = 1 / cv^2 in [0.1, 1e6]
    [[nodiscard]] static Sampler gamma_mean_shape(double mean, double shape, GammaTables& tables);
    /// mean > 0; a gamma of shape 1
    [[nodiscard]] static Sampler exponential_mean(double mean, GammaTables& tables);
    /// low <= high
    [[nodiscard]] static Sampler uniform_between(double low, double high);
    /// low <= mode <= high
    [[nodiscard]] static Sampler triangular(double low, double mode, double high);

    /// The value at the standard normal z.
    [[nodiscard]] double sample(double z) const {
        switch (kind_) {
            case Kind::fixed:
                return a_;
            case Kind::lognormal:
                return exponential(a_ + b_ * z);
            case Kind::gamma:
                return a_ * table_->made().at(z);
            case Kind::uniform:
                return a_ + (b_ - a_) * standard_normal_cdf(z);
            case Kind::triangular:
                return sample_triangular(z);
        }
        return a_;
    }

    /// samples[i] = sample(normals[i]), bit for bit. The spans have equal sizes and do not overlap; throws
    /// ContractViolation, in every build, when the sizes differ.
    void fill(std::span<const double> normals, std::span<double> samples) const;

    [[nodiscard]] double mean() const;

    bool operator==(const Sampler&) const = default;

    [[nodiscard]] Kind kind() const { return kind_; }
    [[nodiscard]] bool is_fixed() const { return kind_ == Kind::fixed; }

  private:
    [[nodiscard]] double sample_triangular(double z) const;

    Kind kind_ = Kind::fixed;
    double a_ = 0;  ///< fixed: value; lognormal: mu; gamma: mean; uniform and triangular: low
    double b_ = 0;  ///< lognormal: sigma; uniform and triangular: high
    double c_ = 0;  ///< triangular: mode
    const GammaTable* table_ = nullptr;
};

}  // namespace vfm::random

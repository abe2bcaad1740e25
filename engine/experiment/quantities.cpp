#include "quantities.hpp"

namespace vfm::experiment {

random::Sampler Quantities::sampler(const scenario::Spread& spread, const char* what) const {
    using Family = scenario::Spread::Family;
    try {
        switch (spread.family) {
            case Family::fixed:
                return random::Sampler::fixed((*this)(spread.mean));
            case Family::lognormal:
                return random::Sampler::lognormal_mean_cv((*this)(spread.mean), (*this)(spread.cv));
            case Family::gamma: {
                const double cv = (*this)(spread.cv);
                return random::Sampler::gamma_mean_shape((*this)(spread.mean), 1 / (cv * cv), *tables_);
            }
            case Family::exponential:
                return random::Sampler::exponential_mean((*this)(spread.mean), *tables_);
            case Family::uniform:
                return random::Sampler::uniform_between((*this)(spread.low), (*this)(spread.high));
            case Family::triangular:
                return random::Sampler::triangular((*this)(spread.low), (*this)(spread.mode),
                                                   (*this)(spread.high));
        }
    } catch (const std::invalid_argument& reason) {
        throw UserError(std::string(what) + " in this draw: " + reason.what());
    }
    return {};
}

}  // namespace vfm::experiment

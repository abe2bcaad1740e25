#include "quantities.hpp"

namespace vfm::experiment {

random::Sampler Quantities::sampler(const scenario::TimeDistribution& distribution, const char* what) const {
    using Family = scenario::TimeDistribution::Family;
    try {
        switch (distribution.family) {
            case Family::fixed:
                return random::Sampler::fixed((*this)(distribution.mean));
            case Family::lognormal:
                return random::Sampler::lognormal_mean_cv((*this)(distribution.mean),
                                                          (*this)(distribution.cv));
            case Family::gamma: {
                const double cv = (*this)(distribution.cv);
                return random::Sampler::gamma_mean_shape((*this)(distribution.mean), 1 / (cv * cv), *tables_);
            }
            case Family::exponential:
                return random::Sampler::exponential_mean((*this)(distribution.mean), *tables_);
            case Family::uniform:
                return random::Sampler::uniform_between((*this)(distribution.low),
                                                        (*this)(distribution.high));
            case Family::triangular:
                return random::Sampler::triangular((*this)(distribution.low), (*this)(distribution.mode),
                                                   (*this)(distribution.high));
        }
    } catch (const std::invalid_argument& reason) {
        throw UserError(std::string(what) + " in this draw: " + reason.what());
    }
    return {};
}

}  // namespace vfm::experiment

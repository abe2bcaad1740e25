#include "vfm/stats/quantiles.hpp"

#include <cmath>
#include <numbers>
#include <stdexcept>

#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>

namespace vfm::stats {

namespace {

// In double throughout: the same digits where `long double` is another type.
using InDouble = boost::math::policies::policy<boost::math::policies::promote_double<false>>;
using Normal = boost::math::normal_distribution<double, InDouble>;
using StudentT = boost::math::students_t_distribution<double, InDouble>;

void require_inside(double probability) {
    if (!(probability > 0.0 && probability < 1.0)) {
        throw std::invalid_argument("the probability of a quantile must lie between 0 and 1");
    }
}

}  // namespace

double normal_probability(double z) {
    return std::erfc(-z / std::numbers::sqrt2) / 2;
}

double normal_quantile(double probability) {
    require_inside(probability);
    return boost::math::quantile(Normal(), probability);
}

double student_t_quantile(double probability, std::int64_t degrees) {
    require_inside(probability);
    if (degrees < 1) throw std::invalid_argument("Student's t needs at least one degree of freedom");
    return boost::math::quantile(StudentT(static_cast<double>(degrees)), probability);
}

}  // namespace vfm::stats

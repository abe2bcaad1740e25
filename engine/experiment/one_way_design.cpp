#include "vfm/experiment/one_way_design.hpp"

#include "vfm/random/mathematics.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace vfm::experiment {

using random::Distribution;

namespace {

/// The distribution along the line: a stick's is beta of its own and the later concentrations.
Distribution along(const ParameterSpace& space, const OneWayLine& line) {
    return line.is_parameter ? space.marginal(line.parameter)
                             : space.of_coordinate(static_cast<std::size_t>(line.coordinate));
}

OneWayLine with_ends(OneWayLine line, const ParameterSpace& space) {
    const Distribution distribution = along(space, line);
    line.mean = line.is_parameter ? space.means()[line.parameter] : random::mean(distribution);
    line.low = random::quantile(distribution, 0.025);
    line.high = random::quantile(distribution, 0.975);
    return line;
}

}  // namespace

std::vector<OneWayLine> one_way_lines(const scenario::Scenario& scenario, const ParameterSpace& space) {
    std::vector<OneWayLine> lines;
    for (const std::size_t p : space.uncertain()) {
        const scenario::Parameter& parameter = scenario.parameters[p];
        const bool first_of_whole = parameter.dirichlet >= 0 && parameter.share == 0;
        const std::string coordinate = parameter.name + (parameter.dirichlet >= 0 ? "/stick" : "");
        const auto found = std::find(space.names().begin(), space.names().end(), coordinate);
        const int number =
            found == space.names().end() ? -1 : static_cast<int>(found - space.names().begin());
        const bool alone = parameter.dirichlet < 0 || first_of_whole;
        lines.push_back(with_ends(
            {.name = parameter.name, .parameter = p, .coordinate = alone ? number : -1, .is_parameter = true},
            space));
        if (alone || number < 0) continue;
        lines.push_back(with_ends(
            {.name = coordinate, .parameter = p, .coordinate = number, .is_parameter = false}, space));
    }
    return lines;
}

DesignedPoint one_way_point(const ParameterSpace& space, const OneWayLine& line, double value) {
    DesignedPoint point{.name = fmt::format("{} at {}", line.name, value), .values = {}, .first_key = 0};
    if (line.is_parameter) {
        point.values = space.moved(line.parameter, value);
    } else {
        std::vector<double> scores = space.mean_scores();
        scores[static_cast<std::size_t>(line.coordinate)] = one_way_score(space, line, value);
        point.values = space.means();
        // Only the whole's own shares are read back: the others stay exactly at their means.
        const std::vector<double> there = space.at_scores(scores);
        for (const Block& block : space.blocks()) {
            if (std::find(block.coordinates.begin(), block.coordinates.end(),
                          static_cast<std::size_t>(line.coordinate)) == block.coordinates.end()) {
                continue;
            }
            for (const std::size_t p : block.parameters) point.values[p] = there[p];
        }
    }
    return point;
}

double one_way_score(const ParameterSpace& space, const OneWayLine& line, double value) {
    const double probability = random::cumulative_probability(along(space, line), value);
    return random::standard_normal_quantile(std::clamp(probability, 0x1p-1022, 1.0 - 0x1p-53));
}

DesignedPoint base_point(const ParameterSpace& space) {
    return {.name = "at parameter means", .values = space.means(), .first_key = 0};
}

}  // namespace vfm::experiment

#include "vfm/inquiry/designed_sensitivity.hpp"

#include "joint_points.hpp"
#include "one_way_study.hpp"
#include "sobol_study.hpp"

#include "vfm/core/errors.hpp"
#include "vfm/experiment/saltelli_design.hpp"

namespace vfm::inquiry {

SensitivityFindings designed_sensitivity(const scenario::Scenario& scenario, const QuestionChoices& choices,
                                         const DesignedOptions& options) {
    const experiment::CompiledStudy study(scenario);
    const Question question = question_of(study.layout(), decision::Origin::simulated, choices);
    if (options.rows > 0 && !options.groups.empty()) {  // faults of the second run before the first begins
        static_cast<void>(experiment::parameter_groups(scenario, study.parameters().space(), options.groups));
    }
    if (study.parameters().uncertain().empty()) {
        throw UserError(scenario.file + ": no parameter is uncertain, so that nothing can be varied");
    }
    const OneWayStudy one_way(study, question, options);
    SensitivityFindings findings = one_way.findings();
    add_joint_points(findings, one_way);
    if (options.rows > 0) add_sobol_indices(findings, study, options);
    return findings;
}

}  // namespace vfm::inquiry

#include "vfm/scenario/load.hpp"

#include "arms.hpp"
#include "checks.hpp"
#include "declared.hpp"
#include "files.hpp"
#include "inheritance.hpp"
#include "parameter_groups.hpp"
#include "yaml_reader.hpp"
#include "yaml_writer.hpp"

#include <utility>

namespace vfm::scenario {

std::string Scenario::level_name(std::size_t level) const {
    for (const Attribute& attribute : attributes) {
        if (level >= attribute.first_level && level < attribute.first_level + attribute.levels.size()) {
            return attribute.name + "." + attribute.levels[level - attribute.first_level];
        }
    }
    return {};
}

Override parse_override(const std::string& text) {
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos || equals == 0) {
        throw UserError("'" + text + "' is not a setting (write PATH=VALUE, such as design.draws=4096)");
    }
    return {text.substr(0, equals), text.substr(equals + 1)};
}

namespace {

NodePtr with_overrides(NodePtr root, const std::vector<Override>& overrides, Faults& faults) {
    for (const Override& one : overrides) {
        const std::string name = "--set " + one.path + "=" + one.value;
        const NodePtr value = read_yaml(one.value, name, faults, Marks::none);
        if (value == nullptr) continue;
        root =
            with_setting(root, {one.path, {std::make_shared<const std::string>(name), 0, 0}, value}, faults);
    }
    return root;
}

/// What one pass over the trees gives; parameters are numbered as in the table of that pass.
struct Pass {
    DeclaredStudy study;
    std::vector<Arm> arms;
};

Pass read_pass(const Node& root, const std::vector<ArmTree>& trees, const StudyNames& names,
               ParameterTable& parameters, Faults& faults) {
    Pass pass;
    const Vocabulary base(names, root);
    FieldReader reader(faults, base, parameters);
    read_fields(reader, root, section<DeclaredStudy>(), pass.study);
    pass.arms.reserve(trees.size());
    for (const ArmTree& tree : trees) {
        const Vocabulary vocabulary(names, *tree.root);
        FieldReader arm_reader(faults, vocabulary, parameters);
        Arm& arm = pass.arms.emplace_back();
        arm.name = tree.name;
        arm.title = tree.title;
        read_fields(arm_reader, *tree.root, model_section(), arm.model);
    }
    return pass;
}

std::size_t reference_arm(const Node& root, const std::vector<ArmTree>& trees, Faults& faults) {
    const Node* written = root.find("reference_arm");
    if (written == nullptr) return 0;
    std::vector<std::string> names;
    names.reserve(trees.size());
    for (const ArmTree& tree : trees) names.push_back(tree.name);
    return FieldReader(faults).name(*written, Names(std::move(names)), "arm");
}

/// The merged tree as text, without what nothing uses, so that evidence that is added elsewhere changes
/// nothing.
std::string resolved_text(NodePtr root, const Scenario& scenario, const ParameterTable& kept) {
    const Place place = root->place;
    const auto set = [&place](const NodePtr& map, const std::string& key, const std::string& text) {
        return with_entry(*map, key, place, scalar_node(text, place));
    };
    root = set(root, "reference_arm", scenario.arms[scenario.reference_arm].name);
    const Entry* money = root->entry("money");
    root = with_entry(*root, "money", money->place,
                      set(money->value, "default_perspective", scenario.default_perspective));
    if (!scenario.area_types.empty()) {
        const Entry* areas = root->entry("areas");
        root = with_entry(*root, "areas", areas->place,
                          set(areas->value, "count", std::to_string(scenario.areas)));
    }
    if (const Node* parameters = root->find("parameters")) {
        std::vector<Entry> used;
        for (const Entry& entry : parameters->entries) {
            if (kept.declares(entry.key)) used.push_back(entry);
        }
        root =
            with_entry(*root, "parameters", place, used.empty() ? nullptr : map_node(std::move(used), place));
    }
    if (const Node* correlations = root->find("correlations")) {
        Node list = *correlations;
        std::erase_if(list.items, [&](const NodePtr& item) {
            const auto& names = item->find("between")->items;
            return !kept.names().find(names[0]->text) || !kept.names().find(names[1]->text);
        });
        root = with_entry(*root, "correlations", place,
                          list.items.empty() ? nullptr : std::make_shared<const Node>(std::move(list)));
    }
    if (const Node* groups = root->find("parameter_groups")) {
        root = with_entry(*root, "parameter_groups", place, kept_parameter_groups(*groups, kept));
    }
    return write_yaml(*canonical(root, root_shape()));
}

Scenario assembled(Pass pass, const ParameterTable& parameters) {
    Scenario scenario;
    DeclaredStudy& study = pass.study;
    scenario.title = std::move(study.title);
    scenario.description = std::move(study.description);
    scenario.design = study.design;
    scenario.launch = study.clock.launch.value();
    scenario.last_referral = study.clock.last_referral.value();
    scenario.notice = study.clock.notice.value();
    scenario.funding_end = study.clock.funding_end.value();
    scenario.warm_up_from = study.clock.warm_up_from.value();
    scenario.horizon = study.clock.horizon.value();
    scenario.price_year = study.money.price_year;
    scenario.discount_rate = study.money.discount_rate;
    scenario.perspectives = std::move(study.money.perspectives);
    scenario.default_perspective = std::move(study.money.default_perspective);
    scenario.parameters = parameters.parameters();
    scenario.dirichlets = parameters.dirichlets();
    scenario.areas = study.areas.count;
    scenario.area_types = std::move(study.areas.types);
    scenario.area_effects = std::move(study.areas.effects);
    scenario.area_correlations = std::move(study.areas.correlations);
    scenario.arrivals = std::move(study.population.arrivals);
    scenario.attributes = std::move(study.population.attributes);
    scenario.access_groups = std::move(study.population.access_groups);
    if (auto& declared = study.official_timeliness) {
        scenario.official_timeliness = OfficialTimeliness{declared->from.value(), declared->until.value(),
                                                          declared->days, std::move(declared->when)};
    }
    scenario.arms = std::move(pass.arms);
    return scenario;
}

Scenario resolved(NodePtr root, const std::string& file, const std::vector<Override>& overrides,
                  Faults& faults) {
    root = with_overrides(std::move(root), overrides, faults);
    FieldReader(faults).check_keys(*root, root_section());
    const ParameterTable declared(root->find("parameters"), root->find("money"), faults);
    const StudyNames names = read_study_names(*root, faults);
    const std::vector<ArmTree> trees = make_arms(root, faults);

    ParameterTable used = declared;
    Pass pass = read_pass(*root, trees, names, used, faults);
    check_clock(*root, pass.study.clock, faults);
    check_design(*root, pass.study.design, faults);
    for (std::size_t i = 0; i < trees.size(); ++i) {
        check_pathway(*trees[i].root, pass.study.population.arrivals, pass.arms[i].model, faults);
    }
    const std::size_t reference = reference_arm(*root, trees, faults);
    const bool renumbered = used.has_unused();
    if (renumbered) used.keep_used();
    auto correlations = read_parameter_correlations(root->find("correlations"), declared, used, faults);
    auto groups = read_parameter_groups(root->find("parameter_groups"), declared, used, faults);
    faults.raise_if_any();

    // Only parameters that something uses are drawn; the second pass gives them their final numbers.
    if (renumbered) pass = read_pass(*root, trees, names, used, faults);
    Scenario scenario = assembled(std::move(pass), used);
    scenario.file = file;
    scenario.policies = names.policies.all();
    scenario.correlations = std::move(correlations);
    scenario.parameter_groups = std::move(groups);
    scenario.reference_arm = reference;
    scenario.resolved_yaml = resolved_text(root, scenario, used);
    return scenario;
}

}  // namespace

Scenario load_scenario(const std::filesystem::path& path, const std::vector<Override>& overrides) {
    Faults faults;
    const NodePtr root = read_files(path, faults);
    faults.raise_if_any();  // what a file that cannot be read would have held is not missing besides
    return resolved(root, path.string(), overrides, faults);
}

Scenario parse_scenario(std::string text, const std::string& file_name,
                        const std::vector<Override>& overrides) {
    Faults faults;
    const NodePtr root = read_whole_text(std::move(text), file_name, faults);
    if (root == nullptr) faults.raise_if_any();
    return resolved(root, file_name, overrides, faults);
}

}  // namespace vfm::scenario

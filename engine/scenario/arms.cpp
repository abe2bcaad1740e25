#include "arms.hpp"

#include "declared.hpp"
#include "inheritance.hpp"

namespace vfm::scenario {

namespace {

constexpr std::size_t most_settings = 1000;  ///< of one arm, its named ones together

/// Arms may differ in the model only.
bool may_differ(const Setting& setting, Faults& faults) {
    const std::string top = path_steps(setting.path).front();
    if (model_section().about.field(top) != nullptr) return true;
    if (root_section().field(top) != nullptr) {
        faults.add(setting.place, "'" + top + "' is the same for every arm",
                   "arms may set " + either_of(model_section().about.keys()));
    } else {
        faults.add_unknown(setting.place, "there is no '" + top + "' in the scenario", top,
                           model_section().about.keys());
    }
    return false;
}

class ArmMaker {
  public:
    ArmMaker(const NodePtr& root, Faults& faults)
        : root_(root), faults_(faults), reader_(faults), named_(root->find("settings")) {
        if (named_ != nullptr && !reader_.expect_map(*named_, "settings")) named_ = nullptr;
        if (named_ != nullptr) check_settings();
    }

    ArmTree make(const Entry& entry) {
        ArmTree arm{entry.key, entry.key, root_};
        if (!reader_.expect_map(*entry.value, entry.key)) return arm;
        reader_.check_keys(*entry.value, arm_section());
        if (const Node* title = entry.value->find("title"))
            arm.title = reader_.text(*title, *arm_section().field("title"));
        applied_ = 0;
        if (const Node* use = entry.value->find("use")) apply_named(arm, *use);
        if (const Node* set = entry.value->find("set")) apply(arm, *set, "set");
        if (applied_ > most_settings) {
            faults_.add(entry.place, "arm '" + entry.key + "' has more than " +
                                         std::to_string(most_settings) + " settings");
        }
        return arm;
    }

  private:
    void check_settings() {
        const FieldAbout& about = *root_section().field("settings");
        for (const Entry* entry : ordered_entries(reader_, *named_, about)) {
            if (!reader_.expect_map(*entry->value, entry->key)) continue;
            for (const Setting& setting : settings_of(*entry->value))
                static_cast<void>(may_differ(setting, faults_));
        }
    }

    void apply_named(ArmTree& arm, const Node& use) {
        const Names known = names_of(named_, false);
        const auto apply_one = [&](const Node& name) {
            if (name.is_scalar() && known.find(name.text)) {
                apply(arm, *named_->find(name.text), name.text);
            } else {
                static_cast<void>(reader_.name(name, known, "setting"));
            }
        };
        if (use.is_scalar()) {
            apply_one(use);
        } else if (reader_.expect_list(use, *arm_section().field("use"))) {
            for (const NodePtr& item : use.items) apply_one(*item);
        }
    }

    void apply(ArmTree& arm, const Node& settings, const std::string& name) {
        if (!reader_.expect_map(settings, name)) return;
        for (const Setting& setting : settings_of(settings)) {
            if (++applied_ > most_settings) return;
            if (may_differ(setting, faults_)) arm.root = with_setting(arm.root, setting, faults_);
        }
    }

    const NodePtr& root_;
    Faults& faults_;
    FieldReader reader_;
    const Node* named_;
    std::size_t applied_ = 0;
};

}  // namespace

std::vector<ArmTree> make_arms(const NodePtr& root, Faults& faults) {
    std::vector<ArmTree> arms;
    FieldReader reader(faults);
    const FieldAbout& about = *root_section().field("arms");
    const Node* node = value_of(reader, *root, root_section(), about);
    if (node == nullptr || !reader.expect_map(*node, "arms")) return arms;
    const auto entries = ordered_entries(reader, *node, about);
    if (entries.size() > about.shape.most) return arms;
    ArmMaker maker(root, faults);
    for (const Entry* entry : entries) arms.push_back(maker.make(*entry));
    return arms;
}

}  // namespace vfm::scenario

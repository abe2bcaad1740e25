#include "yaml_reader.hpp"

#include "source_text.hpp"
#include "tree_builder.hpp"

#include <memory>
#include <utility>

namespace vfm::scenario {

NodePtr read_yaml(std::string text, const std::string& name, Faults& faults, Marks marks) {
    try {
        const std::string source = source_text(std::move(text), name);
        TreeBuilder builder(faults);
        send_yaml_events(source, name, marks, builder);
        if (builder.root() == nullptr) {
            throw Abandoned{{std::make_shared<const std::string>(name), 0, 0}, "there is nothing in it", ""};
        }
        return builder.root();
    } catch (const Abandoned& abandoned) {
        faults.add(abandoned.place, abandoned.problem, abandoned.suggestion);
        return nullptr;
    }
}

}  // namespace vfm::scenario

// The forms that people read: sections as aligned text, and as Markdown.
#include "view_layout.hpp"

#include "vfm/report/forms.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace vfm::report {

namespace {

/// A section with its view as texts, and everything that is said below it.
struct ReadySection {
    const Section* section;
    TextTable table;  ///< without columns: none
    std::vector<std::string> notes;

    [[nodiscard]] bool empty() const {
        return table.columns.empty() && section->items.empty() && notes.empty();
    }
};

ReadySection ready(const Report& report, const Section& section) {
    ReadySection result{.section = &section, .table = {}, .notes = {}};
    if (section.view) {
        ViewText text = laid_out(report, *section.view);
        if (!text.empty()) {
            result.table = std::move(text.table);
            if (!text.legends.empty())
                result.notes.push_back(fmt::format("{}", fmt::join(text.legends, " ")));
        }
    }
    result.notes.insert(result.notes.end(), section.notes.begin(), section.notes.end());
    return result;
}

std::string text_of_section(const ReadySection& ready) {
    std::string text = "\n";
    const Section& section = *ready.section;
    if (!section.heading.empty()) text += wrap_text(section.heading);
    if (section.rank == Section::Rank::chapter)
        text += std::string(std::min(text_width(section.heading), page_width), '=') + '\n';
    if (!ready.table.columns.empty()) text += aligned_table(ready.table);
    for (std::size_t i = 0; i < section.items.size(); ++i) {
        const std::string& item = section.items[i];
        text += section.marks == Section::Marks::numbers
                    ? wrap_text(fmt::format("{}. {}", i + 1, item), page_width, 3)
                    : wrap_text("  " + item, page_width, 4);
    }
    for (const std::string& note : ready.notes) text += wrap_text(note);
    return text;
}

std::string markdown_of_section(const ReadySection& ready, bool inside_chapter) {
    const Section& section = *ready.section;
    std::string text;
    if (!section.heading.empty()) {
        const bool deeper = inside_chapter && section.rank == Section::Rank::section;
        text += fmt::format("\n{} {}\n", deeper ? "###" : "##", section.heading);
    }
    if (!ready.table.columns.empty()) text += '\n' + pipe_table(ready.table);
    if (!section.items.empty()) text += '\n';
    for (std::size_t i = 0; i < section.items.size(); ++i) {
        const bool numbered = section.marks == Section::Marks::numbers;
        text += fmt::format("{} {}\n", numbered ? fmt::format("{}.", i + 1) : "-", section.items[i]);
    }
    for (const std::string& note : ready.notes) text += '\n' + note + '\n';
    return text;
}

}  // namespace

std::string text_form(const Report& report) {
    std::string text = wrap_text(report.title);
    for (const std::string& paragraph : report.opening) text += wrap_text(paragraph);
    for (const Section& section : report.sections) {
        const ReadySection shown = ready(report, section);
        if (!shown.empty() || section.rank == Section::Rank::chapter) text += text_of_section(shown);
    }
    return text;
}

std::string markdown_form(const Report& report) {
    std::string text = "# " + report.title + "\n";
    for (const std::string& paragraph : report.opening) text += '\n' + paragraph + '\n';
    bool inside_chapter = false;
    for (const Section& section : report.sections) {
        const bool chapter = section.rank == Section::Rank::chapter;
        inside_chapter = inside_chapter || chapter;
        const ReadySection shown = ready(report, section);
        if (!shown.empty() || chapter) text += markdown_of_section(shown, inside_chapter);
    }
    return text;
}

}  // namespace vfm::report

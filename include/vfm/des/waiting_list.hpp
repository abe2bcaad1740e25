// First-come-first-served lists of entities that share one array of links: nothing is allocated per entry.
#pragma once

#include "vfm/core/contract.hpp"

#include <cstdint>
#include <vector>

namespace vfm::des {

/// Links of all entities of a replication; an entity stands in at most one list at a time.
class Links {
  public:
    static constexpr std::uint32_t none = 0xFFFFFFFF;

    void reset(std::size_t entities) {
        if (next_.size() < entities) {
            next_.resize(entities);
            previous_.resize(entities);
        }
    }

  private:
    friend class LinkedList;
    std::vector<std::uint32_t> next_;
    std::vector<std::uint32_t> previous_;
};

/// One list: append at the back, take out anywhere, walk from the front.
class LinkedList {
  public:
    [[nodiscard]] bool empty() const { return front_ == Links::none; }
    [[nodiscard]] std::uint32_t front() const { return front_; }
    [[nodiscard]] std::uint32_t size() const { return size_; }
    [[nodiscard]] static std::uint32_t after(const Links& links, std::uint32_t entity) {
        return links.next_[entity];
    }

    void append(Links& links, std::uint32_t entity) {
        links.next_[entity] = Links::none;
        links.previous_[entity] = back_;
        (back_ == Links::none ? front_ : links.next_[back_]) = entity;
        back_ = entity;
        ++size_;
    }

    void remove(Links& links, std::uint32_t entity) {
        VFM_EXPECT(size_ > 0);
        const std::uint32_t before = links.previous_[entity];
        const std::uint32_t behind = links.next_[entity];
        (before == Links::none ? front_ : links.next_[before]) = behind;
        (behind == Links::none ? back_ : links.previous_[behind]) = before;
        --size_;
    }

  private:
    std::uint32_t front_ = Links::none;
    std::uint32_t back_ = Links::none;
    std::uint32_t size_ = 0;
};

}  // namespace vfm::des

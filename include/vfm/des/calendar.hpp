// The event calendar: what happens next, in a total order of (time, kind, entity).
#pragma once

#include "vfm/core/contract.hpp"
#include "vfm/core/ticks.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace vfm::des {

/// Something due at a time. Of two events at the same tick the smaller kind happens first, then the smaller
/// entity: an order in words that no heap layout can change.
struct Event {
    Ticks time = 0;
    unsigned kind = 0;
    std::uint32_t entity = 0;
};

/// An event packed into 64 bits whose integer order is the event order: 38 bits of ticks (718 years from the
/// start of the simulation), 4 bits of kind, 22 bits of entity.
class EventKey {
  public:
    static constexpr unsigned entity_bits = 22;
    static constexpr unsigned kind_bits = 4;
    static constexpr unsigned time_bits = 38;
    static constexpr Ticks latest_time = (Ticks{1} << time_bits) - 1;
    static constexpr std::uint32_t entity_limit = std::uint32_t{1} << entity_bits;

    constexpr EventKey() = default;
    constexpr explicit EventKey(Event event)
        : packed_((static_cast<std::uint64_t>(event.time) << (kind_bits + entity_bits)) |
                  (static_cast<std::uint64_t>(event.kind) << entity_bits) | event.entity) {
        VFM_EXPECT(event.time >= 0 && event.time <= latest_time);
        VFM_EXPECT(event.kind < (1U << kind_bits) && event.entity < entity_limit);
    }

    [[nodiscard]] constexpr Event event() const {
        return {static_cast<Ticks>(packed_ >> (kind_bits + entity_bits)),
                static_cast<unsigned>(packed_ >> entity_bits) & ((1U << kind_bits) - 1),
                static_cast<std::uint32_t>(packed_ & (entity_limit - 1))};
    }
    [[nodiscard]] constexpr Ticks time() const {
        return static_cast<Ticks>(packed_ >> (kind_bits + entity_bits));
    }
    constexpr auto operator<=>(const EventKey&) const = default;

    /// Later than every event.
    [[nodiscard]] static constexpr EventKey never() {
        EventKey key;
        key.packed_ = ~std::uint64_t{0};
        return key;
    }

  private:
    std::uint64_t packed_ = 0;
};

/// A priority queue of event keys: a heap with four children a node, which touches half the levels of a
/// binary one. Behind the last event stand keys later than any, so that every node has four children to
/// choose from without a branch: which is earliest nobody can predict. Keeps its memory between replications.
class Calendar {
  public:
    void clear() {
        std::fill_n(heap_.begin(), count_, EventKey::never());
        count_ = 0;
    }
    [[nodiscard]] bool empty() const { return count_ == 0; }
    [[nodiscard]] std::size_t size() const { return count_; }

    void schedule(Event event) {
        const EventKey key(event);
        if (count_ + children >= heap_.size()) heap_.resize(2 * heap_.size() + 64, EventKey::never());
        std::size_t hole = count_++;
        while (hole > 0) {
            const std::size_t parent = (hole - 1) / children;
            if (!(key < heap_[parent])) break;
            heap_[hole] = heap_[parent];
            hole = parent;
        }
        heap_[hole] = key;
    }

    /// The earliest event's key. Needs a calendar that is not empty.
    [[nodiscard]] EventKey next() const {
        VFM_EXPECT(count_ > 0);
        return heap_.front();
    }

    /// Takes the earliest event out. Needs a calendar that is not empty.
    Event pop() {
        VFM_EXPECT(count_ > 0);
        const EventKey earliest = heap_.front();
        --count_;
        const EventKey last = heap_[count_];
        heap_[count_] = EventKey::never();
        if (count_ > 0) sift_down(last);
        return earliest.event();
    }

  private:
    static constexpr std::size_t children = 4;

    [[nodiscard]] std::size_t earliest_child(std::size_t first) const {
        const EventKey* child = heap_.data() + first;
        const auto left = static_cast<std::size_t>(child[1] < child[0]);
        const std::size_t right = 2 + static_cast<std::size_t>(child[3] < child[2]);
        return first + (child[right] < child[left] ? right : left);
    }

    void sift_down(EventKey key) {
        std::size_t hole = 0;
        for (std::size_t first = 1; first < count_; first = hole * children + 1) {
            const std::size_t least = earliest_child(first);
            if (!(heap_[least] < key)) break;
            heap_[hole] = heap_[least];
            hole = least;
        }
        heap_[hole] = key;
    }

    std::size_t count_ = 0;
    std::vector<EventKey> heap_;
};

}  // namespace vfm::des

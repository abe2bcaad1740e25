// The event calendar: what happens next, in a total order of (time, kind, entity).
#pragma once

#include "vfm/core/contract.hpp"
#include "vfm/core/ticks.hpp"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <functional>
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

  private:
    std::uint64_t packed_ = 0;
};

/// A priority queue of event keys: time is cut into buckets of an eighth of a day, which hold their events in
/// no order; only those of the bucket that is open are sorted. Scheduling an event and taking one out then
/// cost the same whatever number is pending, as long as a bucket holds few (Brown, Communications of the ACM
/// 31, 1988; the horizon of a simulation is known, so that no bucket is used twice). Keeps its memory between
/// replications.
class Calendar {
  public:
    void clear() {
        for (std::size_t word = 0; word < occupied_.size(); ++word) {
            for (; occupied_[word] != 0; occupied_[word] &= occupied_[word] - 1)
                first_[word * buckets_in_word + static_cast<unsigned>(std::countr_zero(occupied_[word]))] =
                    none;
        }
        entries_.clear();
        free_ = none;
        open_.clear();
        open_bucket_ = 0;
        count_ = 0;
    }
    [[nodiscard]] bool empty() const { return count_ == 0; }
    [[nodiscard]] std::size_t size() const { return count_; }

    void schedule(Event event) {
        const EventKey key(event);
        const std::size_t bucket = bucket_of(key);
        ++count_;
        if (open_.empty() || bucket > open_bucket_) {
            if (bucket < open_bucket_) open_bucket_ = bucket;
            put_away(key, bucket);
            return;
        }
        if (bucket < open_bucket_) {  // the open one was not the next after all
            for (const EventKey one : open_) put_away(one, open_bucket_);
            open_.clear();
            open_bucket_ = bucket;
        }
        insert(key);
    }

    /// The earliest event's key. Needs a calendar that is not empty.
    [[nodiscard]] EventKey next() {
        VFM_EXPECT(count_ > 0);
        if (open_.empty()) open_next_bucket();
        return open_.back();
    }

    /// Takes the earliest event out. Needs a calendar that is not empty.
    Event pop() {
        const EventKey earliest = next();
        open_.pop_back();
        --count_;
        return earliest.event();
    }

  private:
    static constexpr unsigned bucket_bits = 17;  ///< of ticks: an eighth of a day
    static constexpr std::size_t buckets_in_word = 64;
    static constexpr std::uint32_t none = 0xFFFFFFFF;

    struct Entry {
        EventKey key;
        std::uint32_t next = none;
    };

    static std::size_t bucket_of(EventKey key) { return static_cast<std::size_t>(key.time() >> bucket_bits); }

    void put_away(EventKey key, std::size_t bucket) {
        if (bucket >= first_.size()) {
            const std::size_t words = (bucket + bucket / 2) / buckets_in_word + 1;
            occupied_.resize(words, 0);
            first_.resize(words * buckets_in_word, none);
        }
        std::uint32_t place = free_;
        if (place != none) {
            free_ = entries_[place].next;
        } else {
            place = static_cast<std::uint32_t>(entries_.size());
            entries_.emplace_back();
        }
        entries_[place] = {key, first_[bucket]};
        first_[bucket] = place;
        occupied_[bucket / buckets_in_word] |= std::uint64_t{1} << (bucket % buckets_in_word);
    }

    /// Into the open bucket, whose earliest event stands last.
    void insert(EventKey key) {
        open_.insert(std::lower_bound(open_.begin(), open_.end(), key, std::greater<>()), key);
    }

    void open_next_bucket() {
        std::size_t word = open_bucket_ / buckets_in_word;
        std::uint64_t left = occupied_[word] & (~std::uint64_t{0} << (open_bucket_ % buckets_in_word));
        while (left == 0) left = occupied_[++word];
        open_bucket_ = word * buckets_in_word + static_cast<unsigned>(std::countr_zero(left));
        occupied_[word] &= ~(std::uint64_t{1} << (open_bucket_ % buckets_in_word));
        std::uint32_t last = none;
        for (std::uint32_t place = first_[open_bucket_]; place != none; place = entries_[place].next) {
            open_.push_back(entries_[place].key);
            last = place;
        }
        entries_[last].next = free_;  // all of them can be used again
        free_ = first_[open_bucket_];
        first_[open_bucket_] = none;
        sort_open_bucket();
    }

    void sort_open_bucket() {
        constexpr std::size_t few = 16;
        if (open_.size() > few) {
            std::sort(open_.begin(), open_.end(), std::greater<>());
            return;
        }
        for (std::size_t i = 1; i < open_.size(); ++i) {
            const EventKey key = open_[i];
            std::size_t place = i;
            for (; place > 0 && open_[place - 1] < key; --place) open_[place] = open_[place - 1];
            open_[place] = key;
        }
    }

    std::size_t count_ = 0;
    std::vector<EventKey> open_;  ///< events of the open bucket, the earliest last
    std::size_t open_bucket_ = 0;
    std::vector<std::uint32_t> first_;     ///< by bucket: an entry, or none
    std::vector<std::uint64_t> occupied_;  ///< a bit for each bucket that has an entry
    std::vector<Entry> entries_;           ///< of all buckets, linked
    std::uint32_t free_ = none;            ///< an entry to be used again
};

}  // namespace vfm::des

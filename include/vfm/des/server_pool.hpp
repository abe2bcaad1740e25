// Servers who work through one queue, first come first served: no event is needed to know when work ends.
#pragma once

#include "vfm/core/contract.hpp"
#include "vfm/core/ticks.hpp"

#include <cstddef>
#include <limits>
#include <vector>

namespace vfm::des {

/// A first-come-first-served queue before `count` equal servers, by the recursion of Kiefer and Wolfowitz
/// (1955): a job starts when the server who is free first is free. Jobs must be given in order of arrival.
class ServerPool {
  public:
    /// All servers free from `start` on.
    void reset(std::size_t count, Ticks start) {
        VFM_EXPECT(count > 0);
        count_ = count;
        free_from_.assign(count + 1, start);
        free_from_.back() =
            std::numeric_limits<Ticks>::max();  // behind the last, and every parent has two children
    }

    /// Takes a job that arrives now and keeps a server busy for `service`; says when its service starts.
    Ticks admit(Ticks now, Ticks service) {
        VFM_EXPECT(service >= 0);
        const Ticks start = start_of(now);
        occupy_until(start + service);
        return start;
    }

    /// When the service of a job that arrives now would start.
    [[nodiscard]] Ticks start_of(Ticks now) const {
        return free_from_.front() > now ? free_from_.front() : now;
    }

    /// Keeps the server who is free first busy until `value`, which is not before the start just asked for.
    void occupy_until(Ticks value) {
        if (count_ <= few) {
            replace_in_order(value);
        } else {
            replace_in_heap(value);
        }
    }

  private:
    static constexpr std::size_t few = 16;  ///< servers kept in order; a heap is slower below, faster above

    /// Drops the first and puts the value where it belongs, without a branch on any time: nobody can predict
    /// them.
    void replace_in_order(Ticks value) {
        Ticks before = std::numeric_limits<Ticks>::min();
        for (std::size_t i = 0; i < count_; ++i) {
            const Ticks next = free_from_[i + 1];
            const Ticks least = next < value ? next : value;
            free_from_[i] = before > least ? before : least;
            before = next;
        }
    }

    /// Down to the end along the earlier children, then up again: a job just begun is mostly among the last
    /// to end.
    void replace_in_heap(Ticks value) {
        std::size_t hole = 0;
        for (std::size_t child = 1; child < count_; child = hole * 2 + 1) {
            child += static_cast<std::size_t>(free_from_[child + 1] < free_from_[child]);
            free_from_[hole] = free_from_[child];
            hole = child;
        }
        while (hole > 0 && free_from_[(hole - 1) / 2] > value) {
            free_from_[hole] = free_from_[(hole - 1) / 2];
            hole = (hole - 1) / 2;
        }
        free_from_[hole] = value;
    }

    std::size_t count_ = 0;
    std::vector<Ticks>
        free_from_;  ///< in order, or a binary heap, earliest first; and one that never is free
};

}  // namespace vfm::des

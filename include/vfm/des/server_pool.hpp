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
        free_from_.back() = std::numeric_limits<Ticks>::max();  // so that every parent has two children
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
        std::size_t hole = 0;
        for (std::size_t child = 1; child < count_; child = hole * 2 + 1) {
            // Which child is earlier nobody can predict: a sum, not a branch.
            child += static_cast<std::size_t>(free_from_[child + 1] < free_from_[child]);
            if (free_from_[child] >= value) break;
            free_from_[hole] = free_from_[child];
            hole = child;
        }
        free_from_[hole] = value;
    }

    std::size_t count_ = 0;
    std::vector<Ticks> free_from_;  ///< a binary heap, earliest first, and one that never is
};

}  // namespace vfm::des

// Servers who work through one queue, first come first served: no event is needed to know when work ends.
#pragma once

#include "vfm/core/contract.hpp"
#include "vfm/core/ticks.hpp"

#include <bit>
#include <cstddef>
#include <limits>
#include <vector>

namespace vfm::des {

/// A first-come-first-served queue before `count` equal servers, by the recursion of Kiefer and Wolfowitz
/// (1955): a job starts when the server who is free first is free. Jobs must be given in order of arrival.
///
/// Who is free first is found by a tournament (Knuth, The Art of Computer Programming 3, 5.4.1): the server
/// who takes a job plays its way up again. The way is known beforehand and always as long, so that the
/// processor neither waits for one match to look up the next nor guesses where it ends, as it does in a heap.
class ServerPool {
  public:
    /// All servers free from `start` on.
    void reset(std::size_t count, Ticks start) {
        VFM_EXPECT(count > 0);
        const std::size_t leaves = std::bit_ceil(count);
        const Entry never{std::numeric_limits<Ticks>::max(), 0};
        tree_.assign(2 * leaves, never);
        for (std::size_t leaf = leaves; leaf < leaves + count; ++leaf) tree_[leaf] = {start, leaf};
        for (std::size_t match = leaves - 1; match > 0; --match)
            tree_[match] = earlier(tree_[2 * match], tree_[2 * match + 1]);
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
        const Ticks free_from = tree_[winner].free_from;
        return free_from > now ? free_from : now;
    }

    /// Keeps the server who is free first busy until `value`, which is not before the start just asked for.
    void occupy_until(Ticks value) {
        std::size_t at = tree_[winner].leaf;
        Entry ahead{value, at};
        tree_[at] = ahead;
        while (at > winner) {
            ahead = earlier(ahead, tree_[at ^ 1U]);
            at /= 2;
            tree_[at] = ahead;
        }
    }

  private:
    static constexpr std::size_t winner = 1;

    struct Entry {
        Ticks free_from = 0;
        std::size_t leaf = 0;
    };

    /// Without a branch, which nobody could predict.
    static Entry earlier(Entry a, Entry b) {
        const bool second = b.free_from < a.free_from;
        const std::size_t mask = std::size_t{0} - static_cast<std::size_t>(second);
        return {second ? b.free_from : a.free_from, a.leaf ^ ((a.leaf ^ b.leaf) & mask)};
    }

    std::vector<Entry> tree_{
        2};  ///< winners of matches, the children of n are 2n and 2n + 1; then the servers
};

}  // namespace vfm::des

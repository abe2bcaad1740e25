// One worker whose hours accrue week by week into a bank of limited size, serving work first come first
// served.
#pragma once

#include "vfm/core/contract.hpp"
#include "vfm/core/ticks.hpp"

namespace vfm::des {

/// Capacity accrues at a steady rate, also while there is no work, but at most `bank` of it is kept. With
/// work measured in the time the rate needs for it, a job is done when accrual covers all work before it and
/// itself. A bank of 0 is the plain single-server queue (M/G/1 and its kin). This is the token bucket (Turner
/// 1986) with a queue before it, and one number is its whole state: the moment from which accrual is still
/// unspent.
class BankedServer {
  public:
    BankedServer() = default;
    /// Starts at `start` with an empty bank that holds at most `bank` of accrual time.
    BankedServer(Ticks start, Ticks bank) : unspent_since_(start), bank_(bank) { VFM_EXPECT(bank >= 0); }

    /// When work that arrives now and needs `work` of accrual would be done. Changes nothing.
    [[nodiscard]] Ticks completion(Ticks now, Ticks work) const {
        const Ticks spent_to = spent_from(now) + work;
        return spent_to > now ? spent_to : now;
    }

    /// Takes the work on. Work must be given in order of arrival.
    Ticks admit(Ticks now, Ticks work) {
        VFM_EXPECT(work >= 0);
        const Ticks done = completion(now, work);
        unspent_since_ = spent_from(now) + work;
        return done;
    }

    /// How much of work of that size, done at `done`, is left at `now`.
    [[nodiscard]] static Ticks left(Ticks now, Ticks done, Ticks work) {
        const Ticks ahead = done - now;
        return ahead <= 0 ? 0 : (ahead < work ? ahead : work);
    }

  private:
    [[nodiscard]] Ticks spent_from(Ticks now) const {
        const Ticks oldest_kept = now - bank_;
        return unspent_since_ > oldest_kept ? unspent_since_ : oldest_kept;
    }

    Ticks unspent_since_ = 0;
    Ticks bank_ = 0;
};

}  // namespace vfm::des

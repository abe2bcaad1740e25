// SHA-256 of a text that comes in pieces.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace vfm::results {

/// Add the pieces, then ask for the digest once.
class Sha256 {
  public:
    Sha256();
    Sha256(const Sha256&) = delete;
    Sha256& operator=(const Sha256&) = delete;
    Sha256(Sha256&&) = delete;
    Sha256& operator=(Sha256&&) = delete;
    ~Sha256();

    void add(std::string_view piece);
    /// The piece with its length before it, so that where one ends and the next begins enters the digest.
    void add_framed(std::string_view piece);
    /// 64 lower-case hexadecimal digits; nothing may be added afterwards.
    [[nodiscard]] std::string hex();

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace vfm::results

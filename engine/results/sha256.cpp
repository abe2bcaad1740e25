#include "sha256.hpp"

#include <array>
#include <stdexcept>

#include <openssl/evp.h>

namespace vfm::results {

namespace {

void must_hold(int result) {
    if (result != 1) throw std::runtime_error("SHA-256 is not available from OpenSSL");
}

}  // namespace

struct Sha256::State {
    std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context{EVP_MD_CTX_new(), &EVP_MD_CTX_free};
};

Sha256::Sha256() : state_(std::make_unique<State>()) {
    must_hold(state_->context ? 1 : 0);
    must_hold(EVP_DigestInit_ex(state_->context.get(), EVP_sha256(), nullptr));
}

Sha256::~Sha256() = default;

void Sha256::add(std::string_view piece) {
    must_hold(EVP_DigestUpdate(state_->context.get(), piece.data(), piece.size()));
}

void Sha256::add_framed(std::string_view piece) {
    add(std::to_string(piece.size()));
    add(":");
    add(piece);
}

std::string Sha256::hex() {
    std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
    unsigned size = 0;
    must_hold(EVP_DigestFinal_ex(state_->context.get(), bytes.data(), &size));
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (unsigned i = 0; i < size; ++i) {
        text += digits[bytes[i] >> 4U];
        text += digits[bytes[i] & 15U];
    }
    return text;
}

}  // namespace vfm::results

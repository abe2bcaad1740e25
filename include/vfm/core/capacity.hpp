// Memory that is kept from replication to replication.
#pragma once

#include <cstddef>
#include <memory>
#include <new>
#include <type_traits>
#include <utility>
#include <vector>

namespace vfm {

/// Gives new elements no value: for memory that is written before it is read.
template <class T>
struct Unfilled : std::allocator<T> {
    static_assert(std::is_trivially_default_constructible_v<T> && std::is_trivially_destructible_v<T>);
    template <class U>
    struct rebind {
        using other = Unfilled<U>;
    };

    template <class U>
    void construct(U* element) noexcept {
        ::new (static_cast<void*>(element)) U;
    }
    template <class U, class... Arguments>
    void construct(U* element, Arguments&&... arguments) {
        ::new (static_cast<void*>(element)) U(std::forward<Arguments>(arguments)...);
    }
};

/// A vector whose `resize` leaves new elements as they are in memory: clearing what every replication fills
/// anew is a fiftieth of a family's time.
template <class T>
using Workspace = std::vector<T, Unfilled<T>>;

/// Gives the vector `size` elements. When its memory has to grow it takes half as much again: replications
/// differ in size, and the next record should find room.
template <class Vector>
void resize_with_room(Vector& vector, std::size_t size) {
    if (vector.capacity() < size) vector.reserve(size + size / 2);
    vector.resize(size);
}

}  // namespace vfm

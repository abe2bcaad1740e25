// Memory that is kept from replication to replication.
#pragma once

#include <cstddef>
#include <vector>

namespace vfm {

/// Gives the vector `size` elements. When its memory has to grow it takes half as much again: replications
/// differ in size, and the next record should find room.
template <class T>
void resize_with_room(std::vector<T>& vector, std::size_t size) {
    if (vector.capacity() < size) vector.reserve(size + size / 2);
    vector.resize(size);
}

}  // namespace vfm

#include "vfm/des/waiting_list.hpp"

#include <algorithm>
#include <deque>
#include <random>
#include <vector>

#include <gtest/gtest.h>

namespace vfm::des {
namespace {

std::vector<std::uint32_t> walk(const LinkedList& list, const Links& links) {
    std::vector<std::uint32_t> entities;
    std::uint32_t at = list.front();
    for (; at != Links::none; at = LinkedList::after(links, at)) entities.push_back(at);
    return entities;
}

TEST(LinkedList, is_walked_in_the_order_of_joining) {
    Links links;
    links.reset(10);
    LinkedList list;
    EXPECT_TRUE(list.empty());
    EXPECT_EQ(list.front(), Links::none);
    for (const std::uint32_t entity : {4U, 2U, 9U, 0U}) list.append(links, entity);
    EXPECT_EQ(walk(list, links), (std::vector<std::uint32_t>{4, 2, 9, 0}));
    EXPECT_EQ(list.size(), 4U);
}

TEST(LinkedList, whoever_leaves_from_the_front_the_middle_or_the_back_closes_the_gap) {
    Links links;
    links.reset(10);
    LinkedList list;
    for (std::uint32_t entity = 0; entity < 5; ++entity) list.append(links, entity);
    list.remove(links, 2);
    EXPECT_EQ(walk(list, links), (std::vector<std::uint32_t>{0, 1, 3, 4}));
    list.remove(links, 0);
    list.remove(links, 4);
    EXPECT_EQ(walk(list, links), (std::vector<std::uint32_t>{1, 3}));
    list.append(links, 0);
    EXPECT_EQ(walk(list, links), (std::vector<std::uint32_t>{1, 3, 0}));
    for (const std::uint32_t entity : {3U, 1U, 0U}) list.remove(links, entity);
    EXPECT_TRUE(list.empty());
}

#ifdef VFM_CHECKED
TEST(LinkedList, nobody_can_be_taken_from_an_empty_list) {
    Links links;
    links.reset(1);
    LinkedList list;
    EXPECT_THROW(list.remove(links, 0), ContractViolation);
}
#endif

// Several lists over one array of links, against queues of the standard library.
TEST(LinkedList, lists_that_share_links_do_not_disturb_each_other) {
    constexpr std::uint32_t entities = 60;
    constexpr std::size_t nowhere = 3;
    Links links;
    links.reset(entities);
    std::vector<LinkedList> lists(nowhere);
    std::vector<std::deque<std::uint32_t>> oracle(nowhere);
    std::vector<std::size_t> where(entities, nowhere);
    std::mt19937_64 random(3);
    for (int i = 0; i < 20000; ++i) {
        const auto entity = static_cast<std::uint32_t>(random() % entities);
        if (where[entity] != nowhere) {
            lists[where[entity]].remove(links, entity);
            std::erase(oracle[where[entity]], entity);
            where[entity] = nowhere;
        } else {
            where[entity] = random() % nowhere;
            lists[where[entity]].append(links, entity);
            oracle[where[entity]].push_back(entity);
        }
        for (std::size_t l = 0; l < nowhere; ++l) {
            const std::vector<std::uint32_t> found = walk(lists[l], links);
            ASSERT_TRUE(std::equal(found.begin(), found.end(), oracle[l].begin(), oracle[l].end()));
            ASSERT_EQ(lists[l].size(), oracle[l].size());
        }
    }
}

}  // namespace
}  // namespace vfm::des

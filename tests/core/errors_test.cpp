#include "vfm/core/errors.hpp"

#include "vfm/core/contract.hpp"

#include <gtest/gtest.h>

namespace vfm {
namespace {

TEST(Fault, SaysPlaceProblemAndSuggestion) {
    const Fault fault{"study.yaml", 3, 7, "unknown key 'dras'", "did you mean 'draws'?"};
    EXPECT_EQ(fault.text(), "study.yaml:3:7: error: unknown key 'dras', did you mean 'draws'?");
    EXPECT_EQ((Fault{"study.yaml", 0, 0, "is empty", ""}.text()), "study.yaml: error: is empty");
}

TEST(ScenarioError, HoldsAllFaultsInOrderOfPlace) {
    const ScenarioError error({{"b.yaml", 1, 1, "first of b", ""},
                               {"a.yaml", 9, 1, "last of a", ""},
                               {"a.yaml", 2, 5, "second column", ""},
                               {"a.yaml", 2, 1, "first column", ""}});
    ASSERT_EQ(error.faults().size(), 4U);
    EXPECT_STREQ(error.what(),
                 "a.yaml:2:1: error: first column\na.yaml:2:5: error: second column\n"
                 "a.yaml:9:1: error: last of a\nb.yaml:1:1: error: first of b");
}

TEST(NearestName, FindsSlipsOfTheFinger) {
    const std::vector<std::string> known = {"draws", "replications", "seed", "sampling"};
    EXPECT_EQ(nearest_name("dras", known), "draws");   // a letter left out
    EXPECT_EQ(nearest_name("darws", known), "draws");  // two letters exchanged
    EXPECT_EQ(nearest_name("replicatoins", known), "replications");
    EXPECT_EQ(nearest_name("sede", known), "seed");
}

TEST(NearestName, GivesNothingWhenNothingIsNear) {
    EXPECT_EQ(nearest_name("horizon", {"draws", "seed"}), "");
    EXPECT_EQ(nearest_name(std::string(1000, 'a'), {"draws"}), "");
    EXPECT_EQ(nearest_name("draws", {}), "");
}

TEST(Contract, ABrokenOneLeavesItToTheProgramToAskForAReport) {
    try {
        contract_violated("1 + 1 == 3", "here.cpp", 7);
    } catch (const ContractViolation& violation) {
        EXPECT_STREQ(violation.what(), "here.cpp:7: contract violated: 1 + 1 == 3");
    }
}

#ifdef VFM_CHECKED
TEST(Contract, ABrokenOneNamesItsConditionAndPlace) {
    try {
        VFM_EXPECT(1 + 1 == 3);
        FAIL() << "no exception";
    } catch (const ContractViolation& violation) {
        const std::string text = violation.what();
        EXPECT_NE(text.find("1 + 1 == 3"), std::string::npos);
        EXPECT_NE(text.find("errors_test.cpp"), std::string::npos);
    }
}
#endif

}  // namespace
}  // namespace vfm

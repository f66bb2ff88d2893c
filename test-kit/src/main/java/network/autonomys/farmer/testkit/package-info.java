/** Fixtures that the tests of every module share: reference vectors, recipes, seeded inputs. */
@org.jspecify.annotations.NullMarked
package network.autonomys.farmer.testkit;

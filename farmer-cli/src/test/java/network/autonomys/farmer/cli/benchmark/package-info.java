/** Tests of the benchmarks for operators. */
@org.jspecify.annotations.NullMarked
package network.autonomys.farmer.cli.benchmark;

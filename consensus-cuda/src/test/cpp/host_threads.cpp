#include "host_threads.h"

#include <cstddef>
#include <vector>

#if !defined(__x86_64__)
#error "the switch between fibers is written for x86-64"
#endif

namespace host {
Index threadIdx, blockIdx, blockDim, gridDim;

namespace {
constexpr size_t STACK = 32 * 1024;

extern "C" void host_switch(void **save, void *to);
asm(R"(
.text
.globl host_switch
.hidden host_switch
.type host_switch,@function
host_switch:
  pushq %rbp; pushq %rbx; pushq %r12; pushq %r13; pushq %r14; pushq %r15
  movq %rsp,(%rdi)
  movq %rsi,%rsp
  popq %r15; popq %r14; popq %r13; popq %r12; popq %rbx; popq %rbp
  ret
)");

enum class State { READY, AT_BARRIER, GIVING, TAKING, ENDED };

struct Fiber {
    void *stack;
    State state;
    Index index;
    uint32_t value;
};

std::vector<Fiber> fibers;
std::vector<char> stacks;
void *scheduler;
uint32_t current;
Call kernel;
void **kernelArguments;

void leave(State state) {
    fibers[current].state = state;
    host_switch(&fibers[current].stack, scheduler);
}

void entry() {
    kernel(kernelArguments);
    leave(State::ENDED);
    __builtin_unreachable();
}

void resume(uint32_t i) {
    current = i;
    threadIdx = fibers[i].index;
    fibers[i].state = State::READY;
    host_switch(&scheduler, fibers[i].stack);
}

/// Runs a warp until all its lanes are at the block's barrier or have ended.
void runWarp(uint32_t from, uint32_t to) {
    for (bool again = true; again;) {
        for (uint32_t i = from; i < to; i++) {
            if (fibers[i].state == State::READY) resume(i);
        }
        again = false;
        for (uint32_t i = from; i < to; i++) {
            if (fibers[i].state == State::GIVING || fibers[i].state == State::TAKING) {
                fibers[i].state = State::READY;
                again = true;
            }
        }
    }
}

void begin(uint32_t n, Index block) {
    for (uint32_t i = 0; i < n; i++) {
        void **top = (void **)((uintptr_t)&stacks[STACK * (i + 1)] & ~(uintptr_t)15);
        *--top = nullptr;
        *--top = (void *)entry;
        for (int r = 0; r < 6; r++) *--top = nullptr;
        fibers[i] = Fiber{top, State::READY, Index{i % block.x, i / block.x % block.y, i / (block.x * block.y)}, 0};
    }
}

bool runBlock(uint32_t n) {
    for (;;) {
        for (uint32_t w = 0; w < n; w += 32) runWarp(w, w + 32 < n ? w + 32 : n);
        uint32_t ended = 0, waiting = 0;
        for (uint32_t i = 0; i < n; i++) {
            ended += fibers[i].state == State::ENDED;
            waiting += fibers[i].state == State::AT_BARRIER;
        }
        if (ended == n) return true;
        if (ended > 0 && waiting > 0) return false;
        for (uint32_t i = 0; i < n; i++) fibers[i].state = State::READY;
    }
}
}  // namespace

void barrier() { leave(State::AT_BARRIER); }

uint32_t exchange(uint32_t value, uint32_t from) {
    uint32_t warp = current & ~31u;
    fibers[current].value = value;
    leave(State::GIVING);
    uint32_t result = fibers[warp + from].value;
    leave(State::TAKING);
    return result;
}

uint32_t ballot(bool vote) {
    uint32_t warp = current & ~31u, bits = 0;
    fibers[current].value = vote;
    leave(State::GIVING);
    for (uint32_t i = 0; i < 32 && warp + i < fibers.size(); i++) bits |= (fibers[warp + i].value & 1) << i;
    leave(State::TAKING);
    return bits;
}

bool run(Call call, void **arguments, Index grid, Index block) {
    uint32_t n = block.x * block.y * block.z;
    fibers.resize(n);
    if (stacks.size() < STACK * (n + 1)) stacks.resize(STACK * (n + 1));
    kernel = call;
    kernelArguments = arguments;
    gridDim = grid;
    blockDim = block;
    for (uint32_t z = 0; z < grid.z; z++) {
        for (uint32_t y = 0; y < grid.y; y++) {
            for (uint32_t x = 0; x < grid.x; x++) {
                blockIdx = Index{x, y, z};
                begin(n, block);
                if (!runBlock(n)) return false;
            }
        }
    }
    return true;
}
}  // namespace host

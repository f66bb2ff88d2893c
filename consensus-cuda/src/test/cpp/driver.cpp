// A stand-in for libcuda.so.1 with the functions that the host code calls: device memory is the host's, streams are done when a call returns, and
// a module is the kernels that are compiled into this library. Tests can make any function fail, the work hang, and a kernel's result be wrong.
#include <cstdlib>
#include <cstring>
#include <map>
#include <mutex>
#include <string>
#include <utility>

#include "kernels.cu"

namespace {
typedef int Result;
constexpr Result OK = 0, INVALID_VALUE = 1, OUT_OF_MEMORY = 2, NO_DEVICE = 100, INVALID_DEVICE = 101, INVALID_IMAGE = 200, NOT_FOUND = 500,
                 NOT_READY = 600, LAUNCH_FAILED = 719;

struct Context {
    int device;
};

struct Allocation {
    size_t bytes;
    Context *owner;
};

struct Kernel {
    host::Call call;
};

struct Fault {
    Result result;
    int after;
    int times;
};

std::recursive_mutex lock;
int devices = 1, driverVersion = 12000, capability = 75, hanging = 0;
size_t memory = (size_t)8 << 30, used = 0;
std::map<std::string, Fault> faults;
std::map<std::string, int> calls;
/// The most threads of a block that each kernel of the loaded PTX says it is made for.
std::map<std::string, unsigned> mostThreads;
std::map<unsigned long long, Allocation> allocations;
std::string wrongKernel;
int wrongArgument = 0, wrongByte = 0, wrongBits = 0;
thread_local Context *context = nullptr;

/// Counts a call; the result that a test wants instead of doing it.
Result called(const char *name) {
    calls[name]++;
    auto fault = faults.find(name);
    if (fault == faults.end() || fault->second.after-- > 0) return OK;
    Result result = fault->second.result;
    if (--fault->second.times == 0) faults.erase(fault);
    return result;
}

void readBounds(const char *ptx) {
    static const char ENTRY[] = ".entry ", BOUND[] = ".maxntid ";
    for (const char *at = strstr(ptx, ENTRY); at != nullptr;) {
        const char *name = at + strlen(ENTRY), *next = strstr(name, ENTRY), *bound = strstr(name, BOUND);
        if (bound != nullptr && (next == nullptr || bound < next))
            mostThreads[std::string(name, strcspn(name, "("))] = (unsigned)strtoul(bound + strlen(BOUND), nullptr, 10);
        at = next;
    }
}

template <class... A, size_t... I>
void apply(void (*f)(A...), void **p, std::index_sequence<I...>) {
    f(*(A *)p[I]...);
}
template <auto F>
struct Unpacked;
template <class... A, void (*F)(A...)>
struct Unpacked<F> {
    static void call(void **p) { apply(F, p, std::index_sequence_for<A...>{}); }
};

const std::map<std::string, Kernel> &kernels() {
#define NAMED(name) {#name, Kernel{(host::Call)&Unpacked<name>::call}}
    static const std::map<std::string, Kernel> all = {
        NAMED(table_first),   NAMED(table_v1_2),   NAMED(table_v1_3),   NAMED(table_v1_4),    NAMED(table_v1_5), NAMED(table_v1_6),
        NAMED(table_v1_7),    NAMED(table_v2),     NAMED(select_v1),    NAMED(select_v2),     NAMED(rank_found), NAMED(encode_chunks),
        NAMED(reveal_proofs), NAMED(extend_first), NAMED(extend_middle), NAMED(extend_last),
        NAMED(point_multiples), NAMED(digit_count), NAMED(digit_begin), NAMED(digit_distribute), NAMED(bucket_sums), NAMED(bucket_total),
        NAMED(find_v1), NAMED(find_v2), NAMED(transform_down), NAMED(transform_up), NAMED(scalars_in), NAMED(scalars_out), NAMED(shift_to_odd),
        NAMED(vanishing_leaves), NAMED(vanishing_pad), NAMED(multiply_pairs), NAMED(vanishing_join), NAMED(recover_derive),
        NAMED(recover_weigh), NAMED(recover_series)};
    return all;
#undef NAMED
}
}  // namespace

#define BEGIN(name)                                     \
    std::lock_guard<std::recursive_mutex> guard(lock);  \
    if (Result wanted = called(name); wanted != OK) return wanted;

extern "C" {
// ---- what tests set

void standin_reset() {
    std::lock_guard<std::recursive_mutex> guard(lock);
    devices = 1, driverVersion = 12000, capability = 75, hanging = 0, memory = (size_t)8 << 30;
    faults.clear(), calls.clear(), wrongKernel.clear();
    // What a test before left on cards that hung.
    for (const auto &a : allocations) free((void *)a.first);
    allocations.clear();
    used = 0;
}
void standin_machine(int deviceCount, int version, int computeCapability, long bytes) {
    std::lock_guard<std::recursive_mutex> guard(lock);
    devices = deviceCount, driverVersion = version, capability = computeCapability, memory = (size_t)bytes;
}
void standin_fail(const char *function, int result, int after, int times) {
    std::lock_guard<std::recursive_mutex> guard(lock);
    faults[function] = Fault{result, after, times};
}
void standin_hang(int on) {
    std::lock_guard<std::recursive_mutex> guard(lock);
    hanging = on;
}
/// From now on, these bits of a byte of what one of this kernel's arguments points to are wrong after each launch; empty: no kernel's.
void standin_wrong(const char *kernel, int argument, int byte, int bits) {
    std::lock_guard<std::recursive_mutex> guard(lock);
    wrongKernel = kernel, wrongArgument = argument, wrongByte = byte, wrongBits = bits;
}
int standin_calls(const char *function) {
    std::lock_guard<std::recursive_mutex> guard(lock);
    return calls[function];
}
long standin_used() {
    std::lock_guard<std::recursive_mutex> guard(lock);
    return (long)used;
}

// ---- the driver

Result cuInit(unsigned) { BEGIN("cuInit") return devices > 0 ? OK : NO_DEVICE; }
Result cuDriverGetVersion(int *version) { BEGIN("cuDriverGetVersion") *version = driverVersion; return OK; }
Result cuDeviceGetCount(int *count) { BEGIN("cuDeviceGetCount") *count = devices; return OK; }
Result cuDeviceGet(int *device, int ordinal) {
    BEGIN("cuDeviceGet")
    if (ordinal < 0 || ordinal >= devices) return INVALID_DEVICE;
    *device = ordinal;
    return OK;
}
Result cuDeviceGetName(char *name, int length, int device) {
    BEGIN("cuDeviceGetName")
    std::string text = "stand-in " + std::to_string(device);
    strncpy(name, text.c_str(), (size_t)length);
    return OK;
}
Result cuDeviceGetAttribute(int *value, int attribute, int) {
    BEGIN("cuDeviceGetAttribute")
    *value = attribute == 75 ? capability / 10 : attribute == 76 ? capability % 10 : attribute == 16 ? 4 : 0;
    return OK;
}
Result cuDeviceTotalMem_v2(size_t *bytes, int) { BEGIN("cuDeviceTotalMem") *bytes = memory; return OK; }
Result cuCtxCreate_v2(void **created, unsigned, int device) {
    BEGIN("cuCtxCreate")
    context = new Context{device};
    *created = context;
    return OK;
}
Result cuCtxDestroy_v2(void *c) {
    BEGIN("cuCtxDestroy")
    for (auto a = allocations.begin(); a != allocations.end();) {
        if (a->second.owner == c) {
            used -= a->second.bytes;
            free((void *)a->first);
            a = allocations.erase(a);
        } else {
            a++;
        }
    }
    delete (Context *)c;
    context = nullptr;
    return OK;
}
Result cuCtxSetCurrent(void *c) { BEGIN("cuCtxSetCurrent") context = (Context *)c; return OK; }
Result cuCtxSynchronize() { BEGIN("cuCtxSynchronize") return OK; }
Result cuMemGetInfo_v2(size_t *free, size_t *total) {
    BEGIN("cuMemGetInfo")
    *free = memory > used ? memory - used : 0;
    *total = memory;
    return OK;
}
Result cuModuleLoadData(void **module, const void *image) {
    BEGIN("cuModuleLoadData")
    if (strstr((const char *)image, ".entry table_first") == nullptr) return INVALID_IMAGE;
    readBounds((const char *)image);
    *module = (void *)1;
    return OK;
}
Result cuModuleLoadDataEx(void **module, const void *image, unsigned, void *, void *) { return cuModuleLoadData(module, image); }
Result cuModuleUnload(void *) { BEGIN("cuModuleUnload") return OK; }
Result cuModuleGetFunction(void **function, void *, const char *name) {
    BEGIN("cuModuleGetFunction")
    auto found = kernels().find(name);
    if (found == kernels().end()) return NOT_FOUND;
    *function = (void *)&*found;
    return OK;
}
Result cuMemAlloc_v2(unsigned long long *p, size_t n) {
    BEGIN("cuMemAlloc")
    if (used + n > memory) return OUT_OF_MEMORY;
    void *allocated = aligned_alloc(256, (n + 255) & ~(size_t)255);
    // What a fresh piece of device memory holds is anything.
    memset(allocated, 0xA5, n);
    *p = (unsigned long long)allocated;
    allocations[*p] = Allocation{n, context};
    used += n;
    return OK;
}
Result cuMemFree_v2(unsigned long long p) {
    BEGIN("cuMemFree")
    auto found = allocations.find(p);
    if (found == allocations.end()) return INVALID_VALUE;
    used -= found->second.bytes;
    allocations.erase(found);
    free((void *)p);
    return OK;
}
Result cuMemAllocHost_v2(void **p, size_t n) {
    BEGIN("cuMemAllocHost")
    *p = aligned_alloc(4096, (n + 4095) & ~(size_t)4095);
    return OK;
}
Result cuMemFreeHost(void *p) { BEGIN("cuMemFreeHost") free(p); return OK; }
Result cuMemcpyHtoD_v2(unsigned long long to, const void *from, size_t n) { BEGIN("cuMemcpyHtoD") memcpy((void *)to, from, n); return OK; }
Result cuMemcpyHtoDAsync_v2(unsigned long long to, const void *from, size_t n, void *) {
    BEGIN("cuMemcpyHtoDAsync")
    memcpy((void *)to, from, n);
    return OK;
}
Result cuMemcpyDtoHAsync_v2(void *to, unsigned long long from, size_t n, void *) {
    BEGIN("cuMemcpyDtoHAsync")
    memcpy(to, (void *)from, n);
    return OK;
}
Result cuMemsetD8Async(unsigned long long p, unsigned char value, size_t n, void *) {
    BEGIN("cuMemsetD8Async")
    memset((void *)p, value, n);
    return OK;
}
Result cuStreamCreate(void **stream, unsigned) { BEGIN("cuStreamCreate") *stream = (void *)1; return OK; }
Result cuStreamDestroy_v2(void *) { BEGIN("cuStreamDestroy") return OK; }
Result cuStreamQuery(void *) { BEGIN("cuStreamQuery") return hanging ? NOT_READY : OK; }
Result cuStreamSynchronize(void *) { BEGIN("cuStreamSynchronize") return OK; }
Result cuEventCreate(void **event, unsigned) { BEGIN("cuEventCreate") *event = malloc(8); return OK; }
Result cuEventDestroy_v2(void *event) { BEGIN("cuEventDestroy") free(event); return OK; }
Result cuEventRecord(void *, void *) { BEGIN("cuEventRecord") return OK; }
Result cuEventElapsedTime(float *ms, void *, void *) { BEGIN("cuEventElapsedTime") *ms = 1; return OK; }

Result cuLaunchKernel(void *function, unsigned gx, unsigned gy, unsigned gz, unsigned bx, unsigned by, unsigned bz, unsigned, void *,
                      void **arguments, void **) {
    BEGIN("cuLaunchKernel")
    auto *named = (const std::pair<const std::string, Kernel> *)function;
    calls[named->first]++;
    // As a card would.
    auto bound = mostThreads.find(named->first);
    unsigned most = bound == mostThreads.end() ? 1024 : bound->second;
    if (gx * gy * gz == 0 || bx * by * bz == 0 || bx * by * bz > most) return INVALID_VALUE;
    if (!host::run(named->second.call, arguments, host::Index{gx, gy, gz}, host::Index{bx, by, bz})) return LAUNCH_FAILED;
    if (named->first == wrongKernel) (*(unsigned char **)arguments[wrongArgument])[wrongByte] ^= (unsigned char)wrongBits;
    return OK;
}
Result cuGetErrorString(int, const char **text) { *text = "error of the stand-in driver"; return OK; }
Result cuGetErrorName(int error, const char **text) {
    *text = error == OUT_OF_MEMORY ? "CUDA_ERROR_OUT_OF_MEMORY" : error == NO_DEVICE ? "CUDA_ERROR_NO_DEVICE" : "CUDA_ERROR_STANDIN";
    return OK;
}
}

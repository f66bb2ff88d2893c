package network.autonomys.farmer.cuda;

import jcuda.driver.JCudaDriver;

/** The driver's result codes. */
final class Cuda {
    static final int NOT_READY = 600;
    static final int OUT_OF_MEMORY = 2;

    private Cuda() {}

    /**
     * Lets success pass.
     *
     * @throws GpuFailure for every other result
     */
    static void check(int result, String what) {
        if (result != 0) {
            throw new GpuFailure(what + " failed: " + nameOf(result));
        }
    }

    static String nameOf(int result) {
        String[] name = new String[1];
        JCudaDriver.cuGetErrorName(result, name);
        return (name[0] == null ? "CUDA error" : name[0]) + " (" + result + ")";
    }
}

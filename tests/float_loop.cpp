// The loop that float_loop.cmake looks at. Only what the loop needs is emitted here, so all of the machine code counts.

#ifdef PHONO_DOUBLE
using sample = double;
#else
using sample = float;
#endif

void float_loop(float* block, int length, sample& state)
{
    for (int i = 0; i < length; ++i) {
        state = sample(0.5) * state + sample(block[i]);
        block[i] = float(state);
    }
}

/** Keeps the memory of a run that reads many layers small. */
import v8 from 'node:v8'

/**
 * Of objects that just came to be, V8 collects what is left every few megabytes, and lets those grow to sixteen as soon as much is left: evidence that
 * is merged does that, and the process then has a hundred megabytes more, for a few per cent of its time. V8 asks for this factor whenever it
 * would let them grow, unlike for their bound, which has to be given at the start (`node --max-semi-space-size`). Other threads' too.
 */
export function holdYoungGeneration(): void {
  v8.setFlagsFromString('--semi-space-growth-factor=1')
}

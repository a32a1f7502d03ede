/** The part of the package that we use; it has no types of its own. */
declare module "sherpa-onnx-node" {
  interface VadConfig {
    sileroVad: {
      model: string;
      /** 0..1. */
      threshold: number;
      /** Seconds. */
      minSilenceDuration: number;
      /** Seconds. */
      minSpeechDuration: number;
      /** Seconds. */
      maxSpeechDuration: number;
      /** Samples. */
      windowSize: number;
    };
    sampleRate: number;
    numThreads: number;
    provider?: "cpu";
    debug?: boolean;
  }

  class Vad {
    constructor(config: VadConfig, bufferSizeInSeconds: number);
    /** Samples in -1..1, one window at a time. */
    acceptWaveform(samples: Float32Array): void;
    isEmpty(): boolean;
    /** The oldest finished stretch of speech; `start` counts samples from the first one given. */
    front(enableExternalBuffer?: boolean): { start: number; samples: Float32Array };
    pop(): void;
    flush(): void;
  }

  const sherpa: { Vad: typeof Vad };
  export default sherpa;
}

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

  interface SpeakerDiarizationConfig {
    segmentation: {
      /** Windows of 10 s; `windowShiftRatio`: how far to the next one, as a share of that. */
      pyannote: { model: string; windowShiftRatio: number };
      numThreads: number;
      provider?: "cpu";
    };
    embedding: { model: string; numThreads: number; provider?: "cpu" };
    clustering: { numClusters: number; threshold: number };
    /** Seconds. */
    minDurationOn: number;
    /** Seconds. */
    minDurationOff: number;
  }

  class OfflineSpeakerDiarization {
    constructor(config: SpeakerDiarizationConfig);
    readonly sampleRate: number;
    /** Blocks until all is done. Times in seconds. */
    process(samples: Float32Array): { start: number; end: number; speaker: number }[];
  }

  interface EmbeddingStream {
    acceptWaveform(audio: { samples: Float32Array; sampleRate: number }): void;
    inputFinished(): void;
  }

  class SpeakerEmbeddingExtractor {
    constructor(config: { model: string; numThreads: number; provider?: "cpu"; debug?: boolean });
    readonly dim: number;
    createStream(): EmbeddingStream;
    compute(stream: EmbeddingStream, enableExternalBuffer?: boolean): Float32Array;
  }

  const sherpa: {
    Vad: typeof Vad;
    OfflineSpeakerDiarization: typeof OfflineSpeakerDiarization;
    SpeakerEmbeddingExtractor: typeof SpeakerEmbeddingExtractor;
  };
  export default sherpa;
}

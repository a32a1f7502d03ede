"""The model: loading it on the best device and transcribing with it, one request at a time."""

import asyncio
import logging
import threading

import ctranslate2
import numpy
from faster_whisper import WhisperModel
from faster_whisper.audio import decode_audio

from protocol import NAMES, Refusal

SAMPLE_RATE = 16_000
# OpenAI refuses shorter audio with 400.
MIN_SECONDS = 0.1

log = logging.getLogger("speech")


class Cancelled(Exception):
    """The client went away or the server is stopping."""


class Recogniser:
    """The model, its device and its turn."""

    def __init__(self, model_dir, name, threads):
        self.name = name
        self.turn = asyncio.Lock()
        self.waiting = 0
        self.stopping = threading.Event()
        self.device, self.model = load(model_dir, threads)

    def knows(self, model):
        return model in (self.name, "whisper-1", f"Systran/faster-whisper-{self.name}")

    def language(self, wanted):
        """Whisper's code for a language, or None to have it detected."""
        if not wanted:
            return None
        wanted = wanted.strip().lower()
        by_name = {name: code for code, name in NAMES.items()}
        code = by_name.get(wanted, wanted)
        supported = self.model.supported_languages
        # Cantonese has a token of its own only since large-v3.
        if code == "yue" and code not in supported:
            code = "zh"
        if code not in supported:
            raise Refusal(
                400, f"Language '{wanted}' is not supported.", "language", "invalid_language_format"
            )
        return code

    def transcribe(self, audio, options, cancelled):
        """Runs in a thread. Looks between segments whether anyone still waits for the answer."""
        segments, info = self.model.transcribe(
            audio,
            language=options["language"],
            # The same words go ahead of every window; an initial prompt only reaches the first.
            hotwords=options["prompt"],
            temperature=options["temperature"],
            beam_size=options["beam"],
            best_of=options["beam"],
            word_timestamps="word" in options["granularities"],
            # The product cuts at silences itself, and text carried from window to window is how
            # Whisper starts to repeat itself.
            vad_filter=False,
            condition_on_previous_text=False,
        )
        found = []
        for segment in segments:
            if cancelled.is_set() or self.stopping.is_set():
                raise Cancelled
            found.append(segment)
        return found, info.language

    def languages(self, audio, allowed):
        """Runs in a thread. Each language with its probability, the likeliest first."""
        _, _, weighed = self.model.detect_language(audio)
        if allowed:
            weighed = [(code, p) for code, p in weighed if code in allowed]
            total = sum(p for _, p in weighed)
            weighed = [(code, p / total if total else 0.0) for code, p in weighed]
        return sorted(weighed, key=lambda each: -each[1])


def load(model_dir, threads):
    """The model on a GPU where one works, else on the CPU with 8-bit weights."""
    if ctranslate2.get_cuda_device_count() > 0:
        try:
            model = WhisperModel(model_dir, device="cuda", compute_type="default")
            # Missing CUDA libraries show only at the first use.
            list(model.transcribe(numpy.zeros(SAMPLE_RATE, dtype=numpy.float32), language="en")[0])
            return "cuda", model
        except Exception as error:
            log.warning("the GPU can't be used (%s), using the CPU", error)
    model = WhisperModel(
        model_dir, device="cpu", compute_type="int8", cpu_threads=threads, num_workers=1
    )
    return "cpu", model


def decode(file):
    try:
        audio = decode_audio(file, sampling_rate=SAMPLE_RATE)
    except Exception as error:
        raise Refusal(
            400, "The audio file could not be decoded or its format is not supported.", "file"
        ) from error
    if len(audio) < MIN_SECONDS * SAMPLE_RATE:
        raise Refusal(
            400,
            f"Audio file is too short. Minimum audio length is {MIN_SECONDS} seconds.",
            "file",
            "audio_too_short",
        )
    return audio

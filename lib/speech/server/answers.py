"""The answer in each format of OpenAI's."""

import math

from protocol import NAMES
from starlette.responses import JSONResponse, PlainTextResponse


def render(segments, language, seconds, options):
    text = "".join(segment.text for segment in segments).strip()
    usage = {"type": "duration", "seconds": math.ceil(seconds)}
    if options["format"] == "json":
        return JSONResponse({"text": text, "usage": usage})
    if options["format"] == "text":
        return PlainTextResponse(text + "\n")
    if options["format"] == "srt":
        return PlainTextResponse(cues(segments, ",", numbered=True))
    if options["format"] == "vtt":
        return PlainTextResponse("WEBVTT\n\n" + cues(segments, ".", numbered=False))
    body = {
        "task": "transcribe",
        "language": NAMES.get(language, language),
        "duration": round(seconds, 3),
        "text": text,
        "usage": usage,
    }
    if "word" in options["granularities"]:
        body["words"] = [
            # whisper-1 has no probability; clients that don't know it pass over it.
            {
                "word": word.word.strip(),
                "start": round(float(word.start), 3),
                "end": round(float(word.end), 3),
                "probability": round(float(word.probability), 4),
            }
            for segment in segments
            for word in segment.words or []
        ]
    if "segment" in options["granularities"]:
        body["segments"] = [
            {
                "id": index,
                "seek": segment.seek,
                "start": round(float(segment.start), 3),
                "end": round(float(segment.end), 3),
                "text": segment.text,
                "tokens": segment.tokens,
                "temperature": segment.temperature,
                "avg_logprob": segment.avg_logprob,
                "compression_ratio": segment.compression_ratio,
                "no_speech_prob": segment.no_speech_prob,
            }
            for index, segment in enumerate(segments)
        ]
    return JSONResponse(body)


def cues(segments, mark, numbered):
    def stamp(seconds):
        ms = round(seconds * 1000)
        return f"{ms // 3_600_000:02}:{ms // 60_000 % 60:02}:{ms // 1000 % 60:02}{mark}{ms % 1000:03}"

    return "".join(
        (f"{index}\n" if numbered else "")
        + f"{stamp(segment.start)} --> {stamp(segment.end)}\n{segment.text.strip()}\n\n"
        for index, segment in enumerate(segments, 1)
    )

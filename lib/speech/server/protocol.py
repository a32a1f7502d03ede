"""What a request may ask for, and how it is refused: as OpenAI does."""

import json
import math
from pathlib import Path

FORMATS = ("json", "text", "srt", "verbose_json", "vtt")
GRANULARITIES = ("word", "segment")
# Our own addition: how many continuations are followed while decoding.
BEAMS = {"fast": 1, "standard": 5}
# openai/whisper whisper/transcribe.py: each failure of the quality checks goes one step hotter.
TEMPERATURES = [0.0, 0.2, 0.4, 0.6, 0.8, 1.0]

LANGUAGES = Path(__file__).resolve().parent.with_name("languages.json")
# Whisper's code of each language -> the name it answers with.
NAMES = {
    "jw" if entry["code"] == "jv" else entry["code"]: entry["whisperName"]
    for entry in json.loads(LANGUAGES.read_text("utf-8"))
}


class Refusal(Exception):
    """An answer in OpenAI's error shape."""

    def __init__(self, status, message, param=None, code=None, kind="invalid_request_error"):
        super().__init__(message)
        self.status = status
        self.body = {"error": {"message": message, "type": kind, "param": param, "code": code}}


def read_upload(form, recogniser):
    """The file, for a model that we have."""
    model = form.get("model")
    if not model:
        raise Refusal(400, "you must provide a model parameter")
    if not recogniser.knows(model):
        raise Refusal(404, f"The model `{model}` does not exist.", None, "model_not_found")
    upload = form.get("file")
    if upload is None or isinstance(upload, str):
        raise Refusal(400, "you must provide a file", "file")
    return upload


def read_options(form, recogniser):
    """The form's fields, refused in the cases and with the words that OpenAI refuses them with."""
    upload = read_upload(form, recogniser)
    answer = form.get("response_format") or "json"
    if answer not in FORMATS:
        raise Refusal(400, f"response_format must be one of {list(FORMATS)}", "response_format")
    granularities = form.getlist("timestamp_granularities[]") or form.getlist(
        "timestamp_granularities"
    )
    if any(granularity not in GRANULARITIES for granularity in granularities):
        raise Refusal(
            400,
            f"timestamp_granularities must be of {list(GRANULARITIES)}",
            "timestamp_granularities",
        )
    if granularities and answer != "verbose_json":
        raise Refusal(
            400,
            "timestamp_granularities are only supported with response_format verbose_json.",
            "timestamp_granularities",
        )
    try:
        temperature = float(form.get("temperature") or 0)
    except ValueError:
        temperature = math.nan
    if not 0 <= temperature <= 1:
        raise Refusal(400, "temperature must be between 0 and 1", "temperature")
    quality = form.get("quality") or "standard"
    if quality not in BEAMS:
        raise Refusal(400, f"quality must be one of {list(BEAMS)}", "quality")
    return upload, {
        "beam": BEAMS[quality],
        "format": answer,
        "granularities": granularities or ["segment"],
        "language": recogniser.language(form.get("language")),
        "prompt": form.get("prompt") or None,
        "temperature": temperature if temperature > 0 else TEMPERATURES,
    }

"""A Whisper server for this machine that speaks OpenAI's transcription protocol.

It answers as whisper-1 does, so that the product has one speech client for every server. Loopback
only, behind a bearer token (AX2_SPEECH_TOKEN), one transcription at a time: Whisper uses every
core it gets, and two at once would both be slower. Nothing is written to disk under a name: an
upload lives in an unlinked temporary file that goes away with its request or with the process.
"""

import argparse
import asyncio
import hmac
import logging
import os
import sys
import threading
import time
from contextlib import asynccontextmanager

import uvicorn
from answers import render
from protocol import NAMES, Refusal, read_options, read_upload
from recogniser import SAMPLE_RATE, Cancelled, Recogniser, decode
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

# More than any chunk of ours; OpenAI's own limit is 25 MiB.
MAX_BYTES = 64 * 1024 * 1024

log = logging.getLogger("speech")


async def transcriptions(request):
    recogniser = request.app.state.recogniser
    async with request.form(max_files=1, max_fields=32) as form:
        upload, options = read_options(form, recogniser)
        async with turn_of(request) as cancelled:
            began = time.monotonic()
            audio = await run_in_threadpool(decode, upload.file)
            seconds = len(audio) / SAMPLE_RATE
            segments, language = await run_in_threadpool(
                recogniser.transcribe, audio, options, cancelled
            )
    took = time.monotonic() - began
    log.info("%.1f s of audio in %.1f s, %d segments", seconds, took, len(segments))
    return render(segments, language, seconds, options)


async def language(request):
    """Not OpenAI's: which language the first 30 s are in, as Whisper itself weighs it."""
    recogniser = request.app.state.recogniser
    async with request.form(max_files=1, max_fields=128) as form:
        upload = read_upload(form, recogniser)
        allowed = {recogniser.language(code) for code in form.getlist("allowed[]")}
        async with turn_of(request):
            audio = await run_in_threadpool(decode, upload.file)
            weighed = await run_in_threadpool(recogniser.languages, audio, allowed)
    return JSONResponse(
        {
            "languages": [
                {"language": NAMES.get(code, code), "probability": round(float(p), 4)}
                for code, p in weighed[:5]
            ]
        }
    )


@asynccontextmanager
async def turn_of(request):
    """The model for this request alone; the event tells that the client has gone away."""
    recogniser = request.app.state.recogniser
    cancelled = threading.Event()
    watcher = asyncio.create_task(watch(request, cancelled))
    recogniser.waiting += 1
    try:
        async with recogniser.turn:
            if cancelled.is_set():
                raise Cancelled
            yield cancelled
    finally:
        recogniser.waiting -= 1
        watcher.cancel()


async def watch(request, cancelled):
    while not await request.is_disconnected():
        await asyncio.sleep(0.25)
    cancelled.set()


def describe(recogniser):
    return {"id": recogniser.name, "object": "model", "created": 0, "owned_by": "local"}


async def models(request):
    return JSONResponse({"object": "list", "data": [describe(request.app.state.recogniser)]})


async def one_model(request):
    recogniser = request.app.state.recogniser
    if not recogniser.knows(request.path_params["model"]):
        raise Refusal(404, "The model does not exist.", "model", "model_not_found")
    return JSONResponse(describe(recogniser))


async def health(request):
    recogniser = request.app.state.recogniser
    return JSONResponse(
        {
            "status": "ok",
            "model": recogniser.name,
            "device": recogniser.device,
            "waiting": recogniser.waiting,
        }
    )


class Gate:
    """Lets in who knows the token, and no body that is too large."""

    def __init__(self, app, token):
        self.app = app
        self.expected = f"Bearer {token}".encode()

    async def __call__(self, scope, receive, send):
        if scope["type"] != "http" or scope["path"] == "/health":
            return await self.app(scope, receive, send)
        headers = dict(scope["headers"])
        if not hmac.compare_digest(headers.get(b"authorization", b""), self.expected):
            refusal = Refusal(401, "Incorrect API key provided.", None, "invalid_api_key")
            return await JSONResponse(refusal.body, 401)(scope, receive, send)
        received = 0

        async def counted():
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > MAX_BYTES:
                raise Refusal(413, f"Maximum content size limit ({MAX_BYTES}) exceeded.")
            return message

        return await self.app(scope, counted, send)


async def refused(_request, error):
    return JSONResponse(error.body, error.status)


async def gone(_request, _error):
    # Nobody reads this; 499 is what web servers log for it.
    return Response(status_code=499)


async def other(_request, error):
    refusal = Refusal(error.status_code, str(error.detail))
    return JSONResponse(refusal.body, error.status_code)


async def broken(_request, error):
    log.error("transcription failed", exc_info=error)
    refusal = Refusal(500, "The server had an error.", kind="server_error")
    return JSONResponse(refusal.body, 500)


def make_app(recogniser, token):
    @asynccontextmanager
    async def lifespan(_app):
        yield
        recogniser.stopping.set()

    app = Starlette(
        routes=[
            Route("/v1/audio/transcriptions", transcriptions, methods=["POST"]),
            Route("/v1/audio/language", language, methods=["POST"]),
            Route("/v1/models", models),
            Route("/v1/models/{model:path}", one_model),
            Route("/health", health),
        ],
        exception_handlers={
            Refusal: refused,
            Cancelled: gone,
            HTTPException: other,
            Exception: broken,
        },
        lifespan=lifespan,
    )
    app.state.recogniser = recogniser
    return Gate(app, token)


def exit_with(parent):
    """A supervisor that was killed can't stop us; an orphan would hold the port and the memory."""
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(0)


def main():
    parser = argparse.ArgumentParser(prog="whisper-server", description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--model-dir", required=True)
    parser.add_argument("--model-name", required=True)
    parser.add_argument("--threads", type=int, default=0, help="0: one for each core")
    parser.add_argument("--parent", type=int, help="process id; exit when it is not our parent")
    options = parser.parse_args()
    token = os.environ.get("AX2_SPEECH_TOKEN", "")
    if len(token) < 16:
        sys.exit("AX2_SPEECH_TOKEN must have at least 16 characters")
    if options.parent:
        threading.Thread(target=exit_with, args=[options.parent], daemon=True).start()
    logging.basicConfig(level=logging.WARNING, format="%(name)s: %(message)s")
    log.setLevel(logging.INFO)
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    recogniser = Recogniser(options.model_dir, options.model_name, options.threads or cores or 1)
    log.info("%s on %s", recogniser.name, recogniser.device)
    uvicorn.run(
        make_app(recogniser, token),
        host="127.0.0.1",
        port=options.port,
        log_level="warning",
        access_log=False,
        timeout_graceful_shutdown=3,
    )
    # A transcription under way would hold the exit until its window is done.
    os._exit(0)


if __name__ == "__main__":
    main()

import type { Container } from "./sniff";

/**
 * What ffmpeg may open. An uploaded file chooses which of ffmpeg's parsers runs on it, so the
 * choice is ours: one protocol, one demuxer per container, and these codecs.
 */

/** Only `file`: nothing in a video may make ffmpeg open an address. */
export const allowedProtocols = "file";

/**
 * Forced with `-f` and stated again in `-format_whitelist`. Without it a playlist named `.mp4` is
 * read as a playlist and its segments, local files, are decoded into the output.
 */
export const demuxers: Record<Container | "wav", string> = {
  mp4: "mov",
  mov: "mov",
  avi: "avi",
  webm: "matroska",
  wav: "wav",
};

interface AllowedCodec {
  /** ffmpeg's name of the codec, as ffprobe prints it. */
  codec: string;
  /** `-codec_whitelist` goes by decoder; a codec may have several and builds differ. */
  decoders: readonly string[];
  /** Where such files come from. */
  because: string;
}

const allow = (because: string, codec: string, ...decoders: string[]): AllowedCodec => ({
  codec,
  decoders: decoders.length > 0 ? decoders : [codec],
  because,
});

/**
 * Codecs that real MP4, MOV, AVI and WEBM files hold. The rest stays out however rare its use:
 * little-used decoders are where the holes are (MagicYUV: CVE-2026-8461, a heap write reached
 * from a crafted AVI or MOV).
 */
export const allowedVideo: readonly AllowedCodec[] = [
  allow("phones, cameras, editors, the web", "h264"),
  allow("phones since 2017, drones", "hevc"),
  allow("WEBM", "vp8", "vp8", "libvpx"),
  allow("WEBM", "vp9", "vp9", "libvpx-vp9"),
  allow("WEBM and MP4 of the web", "av1", "libdav1d", "libaom-av1", "av1"),
  allow("DivX and Xvid in AVI, older phones", "mpeg4"),
  allow("AVI of the 1990s", "msmpeg4v1"),
  allow("AVI of the 1990s", "msmpeg4v2"),
  allow("DivX 3 in AVI", "msmpeg4v3", "msmpeg4"),
  allow("3GP and early phones", "h263"),
  allow("older cameras in MOV and AVI", "mjpeg"),
  allow("capture cards in MOV", "mjpegb"),
  allow("discs and capture cards", "mpeg1video"),
  allow("XDCAM and HDV in MOV", "mpeg2video"),
  allow("editors on the Mac", "prores"),
  allow("Avid editors in MOV", "dnxhd"),
  allow("GoPro Studio in MOV and AVI", "cfhd"),
  allow("tape cameras in AVI and MOV", "dvvideo"),
  allow("screen recordings in MOV", "qtrle"),
  allow("Windows Media in AVI", "wmv1"),
  allow("Windows Media in AVI", "wmv2"),
  allow("Windows Media in AVI", "wmv3"),
  allow("Windows Media in AVI", "vc1"),
  allow("capture cards, uncompressed", "rawvideo"),
  allow("capture cards, uncompressed", "v210"),
];

export const allowedAudio: readonly AllowedCodec[] = [
  allow("nearly everything", "aac"),
  allow("AVI, the web", "mp3", "mp3float", "mp3"),
  allow("camcorders", "mp2", "mp2float", "mp2"),
  allow("camcorders, discs", "ac3"),
  allow("broadcast", "eac3"),
  allow("discs in AVI", "dts", "dca"),
  allow("WEBM", "opus", "opus", "libopus"),
  allow("WEBM", "vorbis", "vorbis", "libvorbis"),
  allow("editors", "flac"),
  allow("editors on the Mac", "alac"),
  allow("3GP", "amr_nb", "amrnb", "libopencore_amrnb"),
  allow("3GP", "amr_wb", "amrwb", "libopencore_amrwb"),
  allow("Windows Media in AVI", "wmav1"),
  allow("Windows Media in AVI", "wmav2"),
  allow("Windows Media in AVI", "wmapro"),
  allow("older AVI", "adpcm_ms"),
  allow("older AVI", "adpcm_ima_wav"),
  allow("older MOV", "adpcm_ima_qt"),
  ...["s16le", "s16be", "s24le", "s24be", "s32le", "s32be", "u8", "s8"]
    .concat(["f32le", "f32be", "f64le", "f64be", "alaw", "mulaw"])
    .map((kind) => allow("cameras, editors, capture cards", `pcm_${kind}`)),
];

/**
 * Subtitles and cover pictures that travel with a video. ffprobe opens a decoder for every stream
 * and gives up on the first that is refused; ffmpeg only opens those of the streams we name, so
 * these are allowed in ffprobe alone.
 */
export const allowedCompanions: readonly AllowedCodec[] = [
  allow("subtitles in MP4 and MOV", "mov_text"),
  allow("subtitles in WEBM", "webvtt"),
  allow("subtitles in AVI", "subrip"),
  allow("subtitles in AVI", "ass", "ass", "ssa"),
  allow("closed captions of broadcasts in MOV", "eia_608", "cc_dec"),
  allow("cover pictures", "png"),
];

const videoNames = new Set(allowedVideo.map(({ codec }) => codec));
const audioNames = new Set(allowedAudio.map(({ codec }) => codec));

export function isAllowedVideo(codec: string): boolean {
  return videoNames.has(codec);
}

export function isAllowedAudio(codec: string): boolean {
  return audioNames.has(codec);
}

const decoderList = (codecs: readonly AllowedCodec[]): string =>
  codecs.flatMap(({ decoders }) => decoders).join(",");

/** The value of `-codec_whitelist` for ffmpeg. */
export const allowedDecoders = decoderList([...allowedVideo, ...allowedAudio]);

/** The value of `-codec_whitelist` for ffprobe. */
export const allowedProbeDecoders = decoderList([
  ...allowedVideo,
  ...allowedAudio,
  ...allowedCompanions,
]);

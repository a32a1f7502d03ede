import { type ErrorEntry, entry } from "./entry";

/** Files: sending them, reading them, making others of them. */
export const mediaErrors = {
  // Uploads
  file_empty: entry(422, "빈 파일이에요.", "The file is empty."),
  file_too_large: entry(
    413,
    "2GB를 넘는 파일은 올릴 수 없어요.",
    "Files over 2 GB can't be uploaded.",
  ),
  file_type_unsupported: entry(
    415,
    "MP4, MOV, AVI, WEBM 영상만 올릴 수 있어요. 이 파일은 내용이 달라요.",
    "Only MP4, MOV, AVI and WEBM videos can be uploaded. This file's content is something else.",
  ),
  file_unreadable: entry(
    422,
    "영상을 읽을 수 없어요. 파일이 망가졌는지 확인해 주세요.",
    "The video can't be read. Please check whether the file is damaged.",
  ),
  file_truncated: entry(
    422,
    "파일 뒷부분이 잘렸어요. 다시 내보내거나 복사해서 올려 주세요.",
    "The end of the file is missing. Please export or copy it again.",
  ),
  video_stream_missing: entry(422, "영상이 없는 파일이에요.", "The file has no video."),
  audio_stream_missing: entry(
    422,
    "소리가 없는 영상이라 자막을 만들 수 없어요.",
    "The video has no sound, so there is nothing to caption.",
  ),
  codec_unsupported: entry(
    415,
    "지원하지 않는 코덱이에요. H.264 영상과 AAC 소리로 다시 내보내 올려 주세요.",
    "This codec isn't supported. Please export the video again as H.264 with AAC sound.",
  ),
  video_limits_exceeded: entry(
    422,
    "12시간이 넘거나 8K보다 큰 영상은 처리할 수 없어요.",
    "Videos longer than 12 hours or larger than 8K can't be processed.",
  ),
  size_mismatch: entry(
    422,
    "받은 크기가 파일 크기와 달라요. 다시 올려 주세요.",
    "The received size differs from the file's. Please upload it again.",
  ),
  upload_expired: entry(
    410,
    "업로드가 만료됐어요. 처음부터 다시 올려 주세요.",
    "The upload has expired. Please start again.",
  ),
  storage_full: entry(
    507,
    "저장 공간이 부족해요. 관리자에게 알려 주세요.",
    "Storage is full. Please tell the operator.",
    { retryable: true },
  ),
  storage_unavailable: entry(
    503,
    "저장소에 연결할 수 없어요. 잠시 뒤에 다시 해 주세요.",
    "Storage can't be reached. Please try again shortly.",
    { retryable: true },
  ),

  // Media
  media_timeout: entry(
    422,
    "영상을 처리하는 데 너무 오래 걸려서 멈췄어요.",
    "Processing the video took too long and was stopped.",
    { retryable: true, logLevel: "warn" },
  ),
  media_failed: entry(422, "영상을 처리하지 못했어요.", "The video could not be processed.", {
    logLevel: "warn",
  }),
  render_unavailable: entry(
    503,
    "이곳의 ffmpeg로는 자막을 입힐 수 없어요. libass가 든 ffmpeg를 설치해 주세요.",
    "The ffmpeg here can't burn in subtitles. Install an ffmpeg that has libass.",
    { retryable: true, logLevel: "error" },
  ),
  media_tool_missing: entry(
    503,
    "ffmpeg를 찾을 수 없어요. 설치한 뒤 다시 시작해 주세요.",
    "ffmpeg was not found. Install it and start again.",
    { retryable: true, logLevel: "error" },
  ),
} satisfies Record<string, ErrorEntry>;

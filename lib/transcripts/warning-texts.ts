import type { TranscriptWarningCode } from "./schema";

/** What each warning says, to be understood without knowing the format. */
export const warningTexts: Record<TranscriptWarningCode, { ko: string; en: string }> = {
  encoding_guessed: {
    ko: "글자 인코딩을 짐작해서 읽었어요. 글자가 깨졌으면 UTF-8로 저장해서 다시 올려 주세요.",
    en: "The encoding was guessed. If letters look wrong, save the file as UTF-8 and bring it again.",
  },
  read_as_text: {
    ko: "시간이 있는 자막을 찾지 못해서 글로 읽었어요.",
    en: "No timed subtitles were found, so it was read as plain text.",
  },
  times_removed: {
    ko: "줄 앞에 적힌 시간은 글에서 뺐어요.",
    en: "Times at the beginning of lines were left out of the text.",
  },
  signature_missing: {
    ko: "파일의 첫머리가 형식에 맞지 않아요.",
    en: "The file doesn't begin as its format asks for.",
  },
  no_cues: { ko: "자막을 찾지 못했어요.", en: "No subtitles were found." },
  bad_timing: {
    ko: "시간을 읽을 수 없어서 이 자막을 뺐어요.",
    en: "Its times can't be read, so this subtitle was left out.",
  },
  end_before_start: {
    ko: "끝나는 시간이 시작보다 빨라요.",
    en: "It ends before it begins.",
  },
  blank_line_in_text: {
    ko: "자막 안에 빈 줄이 있어요.",
    en: "There is a blank line inside the subtitle.",
  },
  text_outside_cue: {
    ko: "어느 자막에도 속하지 않는 글을 뺐어요.",
    en: "Text that belongs to no subtitle was left out.",
  },
  coordinates_dropped: {
    ko: "화면 위치를 뺐어요.",
    en: "A position on the picture was left out.",
  },
  setting_ignored: { ko: "모르는 설정을 뺐어요.", en: "An unknown setting was left out." },
  tag_dropped: { ko: "지원하지 않는 꾸밈을 뺐어요.", en: "An unsupported style was left out." },
  override_dropped: {
    ko: "지원하지 않는 꾸밈을 뺐어요.",
    en: "An unsupported style was left out.",
  },
  drawing_dropped: { ko: "그림을 뺐어요.", en: "A drawing was left out." },
  note_dropped: { ko: "메모를 뺐어요.", en: "A note was left out." },
  style_dropped: { ko: "스타일을 뺐어요.", en: "A style was left out." },
  voices_merged: {
    ko: "한 자막에서 여러 사람이 말해서 이름을 글에 넣었어요.",
    en: "Several people speak in one subtitle; their names were put into the text.",
  },
  malformed_line: {
    ko: "형식에 맞지 않는 줄이에요.",
    en: "The line isn't as the format asks for.",
  },
  style_unknown: { ko: "정해지지 않은 스타일이에요.", en: "Its style isn't defined." },
  malformed_file: {
    ko: "파일이 중간에 깨져 있어서 읽을 수 있는 데까지 읽었어요.",
    en: "The file is damaged; it was read as far as it could be.",
  },
  end_missing: {
    ko: "끝나는 시간이 없어서 짐작해서 넣었어요.",
    en: "There is no end time, so one was worked out.",
  },
  times_estimated: {
    ko: "파일에 시간이 없어서 글의 길이로 짐작했어요.",
    en: "The file has no times, so they were worked out from the length of the text.",
  },
  other_language: {
    ko: "파일에 있는 다른 언어는 읽지 않았어요.",
    en: "Another language in the file was not read.",
  },
  characters_lost: {
    ko: "깨진 글자가 있어서 그 자리를 �로 두었어요.",
    en: "Some characters are damaged; � stands in their place.",
  },
  not_text: { ko: "글이 들어 있는 파일이 아니에요.", en: "The file holds no text." },
  more_problems: { ko: "살펴볼 곳이 더 있어요.", en: "There is more to look at." },
};

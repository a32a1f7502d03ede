import type { PickedFile } from "@/lib/client/uploader";

/** What the file dialog offers first; the content decides later, not the name. */
export const acceptedTypes =
  ".mp4,.m4v,.mov,.avi,.webm,video/mp4,video/quicktime,video/x-msvideo,video/webm";

interface FilePicker {
  showOpenFilePicker?: (options: {
    multiple: boolean;
    types: { description: string; accept: Record<string, string[]> }[];
  }) => Promise<FileSystemFileHandle[]>;
}

/**
 * Opens the browser's dialog for files that can be opened again after a reload. Null where there
 * is no such dialog (all but Chromium): an `<input type="file">` does it there.
 */
export async function pickFiles(options: {
  multiple: boolean;
  description: string;
}): Promise<PickedFile[] | null> {
  const { showOpenFilePicker } = window as FilePicker;
  if (!showOpenFilePicker) return null;
  try {
    const handles = await showOpenFilePicker({
      multiple: options.multiple,
      types: [
        {
          description: options.description,
          accept: {
            "video/mp4": [".mp4", ".m4v"],
            "video/quicktime": [".mov"],
            "video/x-msvideo": [".avi"],
            "video/webm": [".webm"],
          },
        },
      ],
    });
    return await Promise.all(
      handles.map(async (handle) => ({ file: await handle.getFile(), handle })),
    );
  } catch (error) {
    // The person closed the dialog.
    if (error instanceof DOMException && error.name === "AbortError") return [];
    return null;
  }
}

"use client";

import { Minus, Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, useId, useState } from "react";
import Cropper from "react-easy-crop";
import type { PhotoCrop } from "@/lib/accounts/schema";
import type { ChosenPhoto } from "./open-photo";
import { greatestZoom, photoCrop } from "./photo-crop";

/** Px on the screen that an arrow key moves the picture by. */
const keyboardStepPx = 8;
/** What a press of + or - zooms by. */
const zoomStep = 0.1;

interface PhotoCropperProps {
  photo: ChosenPhoto;
  onCropChange: (crop: PhotoCrop) => void;
}

/** Frames a square of a picture: by dragging and pinching, by keys, or with the slider. */
export function PhotoCropper({ photo, onCropChange }: PhotoCropperProps) {
  const t = useTranslations("settings.profile.photo");
  const keysId = useId();
  const [position, setPosition] = useState({ x: 0, y: 0 });
  const [zoom, setZoom] = useState(1);
  const most = greatestZoom(photo);
  const zoomBy = (step: number) => setZoom(Math.min(most, Math.max(1, zoom + step)));
  const zoomByKey = (event: KeyboardEvent) => {
    if (event.key === "+" || event.key === "=") zoomBy(zoomStep);
    if (event.key === "-") zoomBy(-zoomStep);
  };
  return (
    <div className="flex flex-col gap-3">
      {/* The frame inside takes the focus; its keys for moving are the cropper's own. */}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: hears what bubbles up from the frame */}
      <div
        onKeyDown={zoomByKey}
        className="relative h-[min(20rem,45dvh)] overflow-hidden rounded-base bg-stage"
      >
        <Cropper
          image={photo.url}
          crop={position}
          zoom={zoom}
          maxZoom={most}
          aspect={1}
          cropShape="round"
          showGrid={false}
          keyboardStep={keyboardStepPx}
          onCropChange={setPosition}
          onZoomChange={setZoom}
          onCropAreaChange={(_, area) => onCropChange(photoCrop(area, photo))}
          mediaProps={{ alt: "" }}
          cropperProps={{
            role: "application",
            "aria-label": t("area"),
            "aria-describedby": keysId,
          }}
          classes={{ cropAreaClassName: "focus-visible:-outline-offset-4" }}
        />
      </div>
      <ZoomSlider zoom={zoom} most={most} onZoomChange={setZoom} />
      <p id={keysId} className="text-ink-muted text-sm pointer-coarse:sr-only">
        {t("keys")}
      </p>
    </div>
  );
}

interface ZoomSliderProps {
  zoom: number;
  most: number;
  onZoomChange: (zoom: number) => void;
}

function ZoomSlider({ zoom, most, onZoomChange }: ZoomSliderProps) {
  const t = useTranslations("settings.profile.photo");
  return (
    <div className="flex items-center gap-2 text-ink-muted">
      <Minus aria-hidden="true" className="size-4 shrink-0" />
      <input
        type="range"
        aria-label={t("zoom")}
        min={1}
        max={most}
        step={0.01}
        value={zoom}
        disabled={most === 1}
        aria-valuetext={`${Math.round(zoom * 100)} %`}
        onChange={(event) => onZoomChange(Number(event.target.value))}
        className="h-6 min-w-0 flex-1 accent-accent"
      />
      <Plus aria-hidden="true" className="size-4 shrink-0" />
    </div>
  );
}

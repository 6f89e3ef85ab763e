import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { ChevronLeft, ChevronRight, Download, X, ZoomIn, ZoomOut } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useLayoutEffect, useRef, useState } from 'react';
import type { UploadedFile } from '#api/generated/types.gen.ts';
import { SaveButton } from './FileLink.tsx';
import styles from './Lightbox.module.css';
import { type FileSource, useFileAddress } from './source.ts';

interface LightboxProps {
  images: UploadedFile[];
  first: UploadedFile;
  source: FileSource;
  onClose(): void;
}

const NAME_END = 9; // of a long name, this is seen, too: what kind it is
const ZOOMS = [1, 1.5, 2, 3, 4]; // of the width of the window; 1 fits the image in

/** Images of a message over the whole window: arrows show the next, + and − zoom, Esc closes. */
export default function Lightbox({ images, first, source, onClose }: LightboxProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const stage = useRef<HTMLDivElement>(null);
  const [shown, setShown] = useState(first);
  const [zoom, setZoom] = useState(0);
  const index = images.findIndex(({ uuid }) => uuid === shown.uuid);
  const address = useFileAddress(source, shown.uuid);

  useLayoutEffect(() => dialog.current?.showModal(), []); // before it is painted: keys go to it from the start

  const changeZoom = (by: number) => setZoom((now) => Math.min(ZOOMS.length - 1, Math.max(0, now + by)));
  function show(at: number) {
    const next = images[at];
    if (!next) return;
    setShown(next);
    setZoom(0);
  }
  function onKeyDown(event: KeyboardEvent) {
    event.stopPropagation(); // keys of the page below stay quiet
    if (event.key === 'ArrowLeft' && zoom === 0) show(index - 1);
    else if (event.key === 'ArrowRight' && zoom === 0) show(index + 1);
    else if (event.key === '+' || event.key === '=') changeZoom(1);
    else if (event.key === '-') changeZoom(-1);
    else if (event.key.startsWith('Arrow')) scroll(event.key);
  }

  function scroll(key: string) {
    const step = { ArrowLeft: [-80, 0], ArrowRight: [80, 0], ArrowUp: [0, -80], ArrowDown: [0, 80] }[key];
    if (step) stage.current?.scrollBy(step[0] ?? 0, step[1] ?? 0);
  }

  const [place, count] = [index + 1, images.length];
  // React's type of `style` does not know custom properties.
  const variables = { '--zoom': ZOOMS[zoom] } as React.CSSProperties;
  return (
    <dialog
      ref={dialog}
      className={styles.lightbox}
      aria-label={shown.name}
      onClose={onClose}
      onKeyDown={onKeyDown}
    >
      <div className={styles.bar}>
        <p aria-live="polite">
          <span>
            {count > 1 && `${t`${place} of ${count}`} · `}
            {shown.name.slice(0, -NAME_END)}
          </span>
          <span>{shown.name.slice(-NAME_END)}</span>
        </p>
        {count > 1 && (
          <>
            <Tool
              label={t`Previous image`}
              icon={<ChevronLeft />}
              off={index <= 0}
              onClick={() => show(index - 1)}
            />
            <Tool
              label={t`Next image`}
              icon={<ChevronRight />}
              off={place >= count}
              onClick={() => show(index + 1)}
            />
          </>
        )}
        <Tool label={t`Zoom out`} icon={<ZoomOut />} off={zoom === 0} onClick={() => changeZoom(-1)} />
        <Tool
          label={t`Zoom in`}
          icon={<ZoomIn />}
          off={zoom === ZOOMS.length - 1}
          onClick={() => changeZoom(1)}
        />
        <SaveButton file={shown} source={source}>
          {() => <Download size={20} aria-hidden />}
        </SaveButton>
        <Tool label={t`Close`} icon={<X />} onClick={() => dialog.current?.close()} />
      </div>
      <div ref={stage} className={`${styles.stage} ${zoom > 0 ? styles.zoomed : ''}`} style={variables}>
        {address && (
          // Its name stands above.
          // biome-ignore lint/a11y/useKeyWithClickEvents: the buttons above zoom by keyboard
          // biome-ignore lint/a11y/noStaticElementInteractions: the same
          <img src={address} alt="" onClick={() => setZoom(zoom > 0 ? 0 : 2)} />
        )}
        {address === null && (
          <p role="alert">
            <Trans>It could not be loaded: try again</Trans>
          </p>
        )}
      </div>
    </dialog>
  );
}

interface ToolProps {
  label: string;
  icon: ReactNode;
  off?: boolean;
  onClick(): void;
}

function Tool({ label, icon, off, onClick }: ToolProps) {
  return (
    <button type="button" aria-label={label} title={label} disabled={off} onClick={onClick}>
      {icon}
    </button>
  );
}

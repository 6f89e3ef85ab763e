import { Download, FileText } from 'lucide-react';
import { useId, useState } from 'react';
import type { UploadedFile } from '#api/generated/types.gen.ts';
import { FileName, SaveButton } from './FileLink.tsx';
import styles from './FileList.module.css';
import type { FileSource } from './source.ts';

/** A log or a configuration: a click on its name shows it below, another hides it. */
export function TextFile({ file, source }: { file: UploadedFile; source: FileSource }) {
  const [text, setText] = useState<string | null>(null);
  const [state, setState] = useState<'ready' | 'loading' | 'failed'>('ready');
  const id = useId();
  async function toggle() {
    if (text !== null) return setText(null);
    setState('loading');
    try {
      const blob = await source.load(file.uuid);
      setText(await blob.text());
      setState('ready');
    } catch {
      setState('failed');
    }
  }
  const isOpen = text !== null;
  return (
    <li className={isOpen ? styles.wide : ''}>
      <span className={styles.file}>
        <button
          type="button"
          className={styles.name}
          aria-expanded={isOpen}
          aria-controls={isOpen ? id : undefined}
          onClick={() => void toggle()}
        >
          <FileText size={18} aria-hidden />
          <FileName file={file} state={state} />
        </button>
        <SaveButton file={file} source={source} className={styles.save}>
          {() => <Download size={16} aria-hidden />}
        </SaveButton>
      </span>
      {isOpen && (
        <section id={id} className={styles.preview} aria-label={file.name}>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and a keyboard has to reach it */}
          <pre tabIndex={0}>{text}</pre>
        </section>
      )}
    </li>
  );
}

import { t } from '@lingui/core/macro';
import { Paperclip } from 'lucide-react';
import { useRef } from 'react';
import { type ButtonProps, IconButton } from '#shared/ui/Button.tsx';
import styles from './AttachButton.module.css';
import { limitsInWords } from './limits.ts';
import type { Attachments } from './useAttachments.ts';

interface AttachButtonProps extends Pick<ButtonProps, 'size' | 'className' | 'disabled'> {
  attachments: Attachments;
  /** The key that does the same. */
  hotkey?: string;
}

/** Picks files of this device. What may be picked is its tooltip; `AttachHint` says it where there is room. */
export function AttachButton({ attachments, hotkey, ...rest }: AttachButtonProps) {
  const { limits, add } = attachments;
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <IconButton
        {...rest}
        label={t`Attach files`}
        title={`${t`Attach files`}${hotkey ? ` (${hotkey})` : ''}. ${limitsInWords(limits)}`}
        icon={<Paperclip size={rest.size === 'large' ? 20 : 16} aria-hidden />}
        onClick={() => input.current?.click()}
      />
      <input
        ref={input}
        type="file"
        multiple
        hidden
        accept={limits.extensions?.map((extension) => `.${extension}`).join()}
        onChange={({ currentTarget }) => {
          add(Array.from(currentTarget.files ?? []));
          currentTarget.value = ''; // the same file can be picked again
        }}
      />
    </>
  );
}

/** “Up to 10 files, 20 MB each. Drop or paste them here.” */
export function AttachHint({ attachments, className }: { attachments: Attachments; className?: string }) {
  return (
    <p className={className}>
      {limitsInWords(attachments.limits)}.
      <span className={styles.byMouse}> {t`Drop or paste them here.`}</span>
    </p>
  );
}

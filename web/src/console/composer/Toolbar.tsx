import { t } from '@lingui/core/macro';
import { Bold, Code, Eye, Italic, Link, List } from 'lucide-react';
import { memo } from 'react';
import { IconButton } from '#shared/ui/Button.tsx';
import { nameOf } from '../keys/names.ts';
import type { Format } from './formatting.ts';
import styles from './Toolbar.module.css';

interface ToolbarProps {
  onFormat(kind: Format): void;
  isPreview: boolean;
  onPreview(): void;
}

/** Buttons for Markdown; the same by keys, for those who write it themselves. */
export const Toolbar = memo(({ onFormat, isPreview, onPreview }: ToolbarProps) => {
  const buttons = [
    { kind: 'bold', label: t`Bold`, key: 'Mod+B', icon: <Bold size={15} aria-hidden /> },
    { kind: 'italic', label: t`Italic`, key: 'Mod+I', icon: <Italic size={15} aria-hidden /> },
    { kind: 'code', label: t`Code`, key: 'Mod+E', icon: <Code size={15} aria-hidden /> },
    { kind: 'list', label: t`List`, key: null, icon: <List size={15} aria-hidden /> },
    { kind: 'link', label: t`Link`, key: null, icon: <Link size={15} aria-hidden /> },
  ] as const;
  return (
    <div className={styles.toolbar} role="toolbar" aria-label={t`Formatting`}>
      {buttons.map(({ kind, label, key, icon }) => (
        <IconButton
          key={kind}
          size="small"
          label={label}
          title={key ? `${label} (${nameOf(key)})` : label}
          icon={icon}
          disabled={isPreview}
          onPointerDown={(event) => event.preventDefault()} // the text keeps the focus and its selection
          onClick={() => onFormat(kind)}
        />
      ))}
      <IconButton
        size="small"
        label={t`Preview`}
        title={`${t`Preview`} (${nameOf('Mod+Shift+P')})`}
        aria-pressed={isPreview}
        className={styles.preview}
        icon={<Eye size={15} aria-hidden />}
        onClick={onPreview}
      />
    </div>
  );
});

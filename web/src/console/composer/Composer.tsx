import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { AtSign, Lock, Trash2, Zap } from 'lucide-react';
import { type KeyboardEvent, useRef } from 'react';
import { flushSync } from 'react-dom';
import { AttachButton } from '#shared/files/AttachButton.tsx';
import { pasteInto } from '#shared/files/paste.ts';
import { UploadList } from '#shared/files/UploadList.tsx';
import { formatTime } from '#shared/format.ts';
import { Markdown } from '#shared/Markdown.tsx';
import { IconButton } from '#shared/ui/Button.tsx';
import { EmojiButton } from '../emoji/EmojiButton.tsx';
import { nameOf, useKeyTitles } from '../keys/names.ts';
import { useKey } from '../keys/registry.ts';
import { bottomBar } from '../ui/bottom-bar.ts';
import { useStable } from '../useStable.ts';
import { useStateOf } from '../useStateOf.ts';
import { applyFormat, insertAt, typeSign } from './apply.ts';
import styles from './Composer.module.css';
import { ComposerNotices } from './ComposerNotices.tsx';
import { discardWithUndo } from './discard.ts';
import type { Format } from './formatting.ts';
import { optionId, PICKER_ID, Picker } from './Picker.tsx';
import { SendButton } from './SendButton.tsx';
import { shortcutOf } from './shortcuts.ts';
import { Toolbar } from './Toolbar.tsx';
import { useCompletion } from './useCompletion.ts';
import { type ComposerState, MAX_LENGTH } from './useComposer.ts';
import type { Way } from './ways.ts';

/** Writes a reply to the client, or a note that only the team sees. */
export function Composer({ composer }: { composer: ComposerState }) {
  const { ticket, isNote, write, draft, attachments, isEmpty, isAllowed, field, submit } = composer;
  const [isPreview, setPreview] = useStateOf(ticket.number, () => false);
  const preview = useRef<HTMLElement>(null);
  const attach = useRef<HTMLSpanElement>(null);
  const completion = useCompletion({ field, ticket, isNote });
  const client = ticket.client_aliased_name ?? ticket.account.name;
  const titleOf = useKeyTitles();

  /** It gets the focus only once it is seen. */
  function showField() {
    flushSync(() => setPreview(false));
    return field.current;
  }
  function togglePreview() {
    flushSync(() => setPreview(!isPreview));
    (isPreview ? field : preview).current?.focus(); // what had the focus may be gone
  }
  function openPicker(sign: '/' | '@') {
    const box = showField();
    if (!box) return;
    typeSign(box, sign);
    completion.look();
  }
  function insertEmoji(emoji: string) {
    const box = showField();
    if (box) insertAt(box, box.selectionStart, box.selectionEnd, emoji);
  }
  // The same ones at every key: the toolbar, the emoji and the button with its menu are not drawn again for a letter.
  const formatText = useStable((kind: Format) => field.current && applyFormat(field.current, kind));
  const changePreview = useStable(togglePreview);
  const chooseEmoji = useStable(insertEmoji);
  const sendBy = useStable((way: Way) => void submit(way));
  useKey('canned_response', () => openPicker('/'), { enabled: isAllowed });

  function onKeyDown(event: KeyboardEvent<HTMLElement>) {
    if (event.nativeEvent.isComposing || completion.onKeyDown(event)) return;
    const shortcut = shortcutOf(event);
    if (!shortcut) return;
    event.preventDefault();
    if (shortcut === 'send') void submit();
    else if (shortcut === 'resolve' || shortcut === 'next') void submit(shortcut);
    else if (shortcut === 'preview') togglePreview();
    else if (shortcut === 'attach') attach.current?.querySelector('button')?.click();
    else if (field.current && !isPreview) applyFormat(field.current, shortcut);
  }

  const label = isNote ? t`Write a note for the team…` : t`Reply to ${client}…`;
  const { can } = ticket;
  return (
    <div ref={bottomBar} className={styles.place}>
      <ComposerNotices composer={composer} />
      <form
        className={`${styles.composer} ${isNote ? styles.note : ''}`}
        aria-label={isNote ? t`Internal note` : t`Reply`}
        onKeyDown={onKeyDown}
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <div className={styles.modes}>
          <button
            type="button"
            aria-pressed={!isNote}
            title={titleOf(t`Reply`, 'reply')}
            disabled={!can.comment && isNote}
            onClick={() => write('reply')}
          >
            <Trans>Reply</Trans>
          </button>
          <button
            type="button"
            aria-pressed={isNote}
            title={titleOf(t`Internal note`, 'note')}
            disabled={!can.note && !isNote}
            onClick={() => write('note')}
          >
            <Lock size={13} aria-hidden /> <Trans>Internal note</Trans>
          </button>
          <Toolbar onFormat={formatText} isPreview={isPreview} onPreview={changePreview} />
        </div>
        <div className={styles.field} hidden={isPreview}>
          <textarea
            key={composer.name} // its own undo
            ref={field}
            rows={2}
            maxLength={MAX_LENGTH}
            value={draft.text}
            onChange={(event) => {
              draft.setText(event.currentTarget.value);
              completion.look();
            }}
            onSelect={completion.look}
            onBlur={completion.close}
            onPaste={(event) => pasteInto(event, attachments.add)}
            placeholder={label}
            aria-label={label}
            aria-autocomplete="list"
            aria-controls={completion.isOpen ? PICKER_ID : undefined}
            aria-activedescendant={completion.isOpen ? optionId(completion.active) : undefined}
          />
          <Picker completion={completion} />
        </div>
        {isPreview && (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and a keyboard has to reach it
          <section ref={preview} className={styles.preview} tabIndex={0} aria-label={t`Preview`}>
            <Markdown text={draft.text || t`Nothing to preview`} />
          </section>
        )}
        <UploadList attachments={attachments} className={styles.files} />
        <div className={styles.foot}>
          <span ref={attach} className={styles.attach}>
            <AttachButton attachments={attachments} size="small" hotkey={nameOf('Mod+Shift+A')} />
          </span>
          <IconButton
            size="small"
            label={t`Canned responses`}
            title={titleOf(t`Canned responses`, 'canned_response')}
            icon={<Zap size={16} aria-hidden />}
            onClick={() => openPicker('/')}
          />
          <EmojiButton onChoose={chooseEmoji} />
          {isNote && (
            <IconButton
              size="small"
              label={t`Mention a team member`}
              icon={<AtSign size={16} aria-hidden />}
              onClick={() => openPicker('@')}
            />
          )}
          {!(isEmpty && attachments.isEmpty) && (
            <IconButton
              size="small"
              label={t`Discard the draft`}
              icon={<Trash2 size={15} aria-hidden />}
              onClick={() => discardWithUndo(composer)}
            />
          )}
          <span className={`${styles.saved} ${draft.isKept ? '' : styles.lost}`}>
            {draft.savedAt &&
              (draft.isKept
                ? t`Draft saved, ${formatTime(draft.savedAt)}`
                : t`The draft is not kept: the browser has no room`)}
          </span>
          <SendButton isNote={isNote} disabled={isEmpty || !isAllowed} onSend={sendBy} />
        </div>
      </form>
    </div>
  );
}

import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { useEffect, useState } from 'react';
import { pasteInto } from '#shared/files/paste.ts';
import { Markdown } from '#shared/Markdown.tsx';
import { Button } from '#shared/ui/Button.tsx';
import styles from './BodyField.module.css';
import { LIMITS } from './errors.ts';
import { Field } from './Field.tsx';
import type { NewTicketForm } from './useNewTicket.ts';

/** The first message, in Markdown. */
export function BodyField({ form }: { form: NewTicketForm }) {
  const { text, errors, attachments } = form;
  const [isPreview, setPreview] = useState(false);
  const error = errors.comment_body;
  useEffect(() => {
    if (error) setPreview(false);
  }, [error]);
  return (
    <Field
      name="comment_body"
      label={t`What happened?`}
      error={error}
      hint={<Trans>Markdown works: **bold**, `code`, ```logs```</Trans>}
      counter={{ length: text.length, ...LIMITS.comment_body }}
      action={
        <Button
          look="ghost"
          aria-pressed={isPreview}
          disabled={text.trim() === ''}
          onClick={() => setPreview(!isPreview)}
        >
          <Trans>Preview</Trans>
        </Button>
      }
    >
      {(described) =>
        isPreview ? (
          <div className={styles.preview}>
            <Markdown text={text} />
          </div>
        ) : (
          <textarea
            {...described}
            rows={6}
            value={text}
            onChange={(event) => form.setText(event.currentTarget.value)}
            onPaste={(event) => pasteInto(event, attachments.add)}
            placeholder={t`What you did, what you expected, what you saw. Commands and logs help a lot.`}
          />
        )
      }
    </Field>
  );
}

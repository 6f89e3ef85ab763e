import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { ThumbsDown, ThumbsUp } from 'lucide-react';
import { type FormEvent, useId, useState } from 'react';
import type { Comment } from '#api/generated/types.gen.ts';
import { Button } from '#shared/ui/Button.tsx';
import { useHasEnded } from '../ended.ts';
import { rateComment } from './actions.ts';
import styles from './CommentVote.module.css';
import { useWrite } from './useWrite.ts';

const MAX_LENGTH = 1000;

/** “Was this helpful?” A second press takes the answer back; a no may say why. */
export function CommentVote({ number, comment }: { number: number; comment: Comment }) {
  const { vote } = comment;
  const [isSaying, setSaying] = useState(false);
  const { run, retry, error, wait } = useWrite();
  const hasEnded = useHasEnded();
  const question = useId();

  function press(score: 1 | -1) {
    const isOff = vote?.score === score;
    setSaying(!isOff && score === -1);
    void run(() => rateComment(number, comment, isOff ? null : score));
  }
  const say = (words: string) =>
    void run(async () => {
      await rateComment(number, comment, -1, words);
      setSaying(false);
    });

  const choices = [
    { score: 1 as const, icon: ThumbsUp, words: t`Yes` },
    { score: -1 as const, icon: ThumbsDown, words: t`No` },
  ];
  return (
    <div className={styles.vote}>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset’s legend does not stand on its line */}
      <div className={styles.line} role="group" aria-labelledby={question}>
        <span id={question}>
          <Trans>Was this helpful?</Trans>
        </span>
        <span className={styles.choices}>
          {choices.map(({ score, icon: Icon, words }) => (
            <button
              key={score}
              type="button"
              className={styles.choice}
              data-score={score}
              aria-pressed={vote?.score === score}
              disabled={wait > 0 || hasEnded}
              onClick={() => press(score)}
            >
              <Icon size={16} aria-hidden />
              {words}
            </button>
          ))}
        </span>
      </div>
      {vote?.score === -1 &&
        (isSaying ? (
          <Reason onSay={say} known={vote.comment ?? ''} />
        ) : (
          <p className={styles.reason}>
            {vote.comment && <q>{vote.comment}</q>}
            <button type="button" onClick={() => setSaying(true)}>
              {vote.comment ? <Trans>Change</Trans> : <Trans>Say why</Trans>}
            </button>
          </p>
        ))}
      {error && (
        <p className={styles.error} role="alert">
          {error}{' '}
          {retry && (
            <button type="button" onClick={retry}>
              <Trans>Try again</Trans>
            </button>
          )}
        </p>
      )}
    </div>
  );
}

function Reason({ known, onSay }: { known: string; onSay(words: string): void }) {
  const [words, setWords] = useState(known);
  function submit(event: FormEvent) {
    event.preventDefault();
    onSay(words.trim());
  }
  return (
    <form className={styles.form} onSubmit={submit}>
      <input
        value={words}
        maxLength={MAX_LENGTH}
        onChange={(event) => setWords(event.currentTarget.value)}
        placeholder={t`What was missing?`}
        aria-label={t`What was missing? (optional)`}
      />
      <Button type="submit" size="large">
        <Trans>Save</Trans>
      </Button>
    </form>
  );
}

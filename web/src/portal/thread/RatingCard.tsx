import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { type FormEvent, useId, useState } from 'react';
import type { Ticket } from '#api/generated/types.gen.ts';
import { Button } from '#shared/ui/Button.tsx';
import { Buttons } from '#shared/ui/Buttons.tsx';
import { useHasEnded } from '../ended.ts';
import { close, rateTicket } from './actions.ts';
import styles from './RatingCard.module.css';
import { useWrite } from './useWrite.ts';

const SCORES = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
const MAX_LENGTH = 1000;

interface RatingCardProps {
  ticket: Ticket;
  onWrite(): void;
}

/** “Is everything working now?” on a solved ticket, which closes it; “How did we do?” on a closed one. */
export default function RatingCard({ ticket, onWrite }: RatingCardProps) {
  const { is_closed, is_resolved, can, vote } = ticket;
  const isAsking = is_resolved && !is_closed && can.close;
  const canRate = isAsking ? can.close_with_vote : is_closed && can.vote;
  const [score, setScore] = useState(vote?.score);
  const [words, setWords] = useState(vote?.comment ?? '');
  const [isThanked, setThanked] = useState(false);
  const { run, isBusy, error, wait } = useWrite();
  const hasEnded = useHasEnded();
  const commentId = useId();
  if (!isAsking && !canRate) return null;

  const rated = vote?.score;
  const comment = words.trim() || undefined;
  const isChanged = score !== vote?.score || words.trim() !== (vote?.comment ?? '');

  async function submit(event: FormEvent) {
    event.preventDefault();
    setThanked(score !== undefined); // shown as soon as the ticket has the rating
    await run(() => {
      if (isAsking) return close(ticket.number, score ? { score, ...(comment && { comment }) } : {});
      return score ? rateTicket(ticket, score, comment) : Promise.resolve();
    });
  }

  const label = isAsking ? (score ? t`Rate and close` : t`Close ticket`) : t`Save the rating`;
  return (
    <li>
      <form className={styles.card} onSubmit={submit}>
        <h3>
          {isAsking
            ? t`Is everything working now?`
            : rated
              ? t`You rated it ${rated} of 10`
              : t`How did we do?`}
        </h3>
        {isAsking && (
          <p>
            <Trans>We think that this is solved. If so, you can close the ticket.</Trans>
          </p>
        )}
        {canRate && <Scores score={score} isRated={rated !== undefined} onChoose={setScore} />}
        {canRate && score !== undefined && (
          <div className={styles.words}>
            <label htmlFor={commentId}>
              <Trans>Anything to add? (optional)</Trans>
            </label>
            <textarea
              id={commentId}
              rows={1}
              value={words}
              maxLength={MAX_LENGTH}
              onChange={(event) => setWords(event.currentTarget.value)}
            />
          </div>
        )}
        <Buttons className={styles.buttons}>
          {isAsking && (
            <Button size="large" onClick={onWrite}>
              <Trans>No, still broken</Trans>
            </Button>
          )}
          {(isAsking || (isChanged && score !== undefined)) && (
            <Button type="submit" size="large" look="primary" disabled={isBusy || wait > 0 || hasEnded}>
              {wait > 0 ? `${label} (${wait})` : label}
            </Button>
          )}
        </Buttons>
        <p role="status" className={styles.thanks}>
          {!isChanged &&
            (isThanked ? (
              <Trans>Thank you for the rating.</Trans>
            ) : (
              rated && !isAsking && <Trans>Saved. You can still change it.</Trans>
            ))}
        </p>
        {error && (
          <p className={styles.error} role="alert">
            {error}
          </p>
        )}
      </form>
    </li>
  );
}

interface ScoresProps {
  score: number | undefined;
  /** The heading says the rating. */
  isRated: boolean;
  onChoose(score: number): void;
}

function Scores({ score, isRated, onChoose }: ScoresProps) {
  const name = useId();
  return (
    <fieldset className={styles.scores}>
      <legend className={isRated ? 'visually-hidden' : undefined}>
        <Trans>Your rating, from 1 to 10</Trans>
      </legend>
      <div>
        {SCORES.map((value) => (
          <label key={value} data-filled={score !== undefined && value <= score}>
            <input
              type="radio"
              name={name}
              value={value}
              checked={value === score}
              onChange={() => onChoose(value)}
            />
            {value}
          </label>
        ))}
      </div>
      <span>
        <Trans>Bad</Trans>
      </span>
      <span>
        <Trans>Excellent</Trans>
      </span>
    </fieldset>
  );
}

import { Trans } from '@lingui/react/macro';
import { useEffect, useRef } from 'react';
import { queryClient } from '#api/client.ts';
import { getMeOptions } from '#api/generated/@tanstack/react-query.gen.ts';
import type { CurrentMember } from '#api/generated/types.gen.ts';
import { showLanguage } from '../language.ts';
import { reportSignedIn } from '../signed-out.ts';
import { LanguageButtons } from './LanguageButtons.tsx';
import { SignInForm } from './SignInForm.tsx';
import styles from './SignInPage.module.css';

/** Covers the page as a dialog: whoever signs in again goes on where they were. `before` is who it was. */
export function SignInPage({ before }: { before: CurrentMember | undefined }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close(); // the focus returns to where it was
  }, []);

  async function goOn() {
    const me = await queryClient.fetchQuery({ ...getMeOptions(), staleTime: 0 });
    // Another person must not see what this page has loaded for the first one.
    if (before && before.staff_id !== me.staff_id) return location.reload();
    reportSignedIn();
    void queryClient.invalidateQueries();
  }

  return (
    <dialog
      ref={dialog}
      className={`${styles.dialog} ${before ? styles.over : ''}`}
      aria-labelledby="sign-in"
      onCancel={(event) => event.preventDefault()}
    >
      <h1 id="sign-in">
        {before ? <Trans>Please sign in again</Trans> : <Trans>Sign in to the console</Trans>}
      </h1>
      {before && (
        <p>
          <Trans>Your session has ended. What you have typed is kept.</Trans>
        </p>
      )}
      <SignInForm email={before?.email ?? ''} onSignedIn={() => void goOn()} />
      <LanguageButtons onChoose={(language) => void showLanguage(language)} />
    </dialog>
  );
}

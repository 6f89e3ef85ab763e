import { Trans } from '@lingui/react/macro';
import { type ReactNode, useEffect, useRef } from 'react';
import { queryClient } from '#api/client.ts';
import { getMeOptions } from '#api/generated/@tanstack/react-query.gen.ts';
import type { CurrentMember } from '#api/generated/types.gen.ts';
import { showLanguage } from '../language.ts';
import { refusalInWords } from '../refusal.ts';
import { reportSignedIn } from '../signed-out.ts';
import { Brand } from '../ui/Brand.tsx';
import { LanguageButtons } from './LanguageButtons.tsx';
import { SignInForm } from './SignInForm.tsx';
import styles from './SignInPage.module.css';

/** A page of its own; after a session has ended, a dialog over the page. `before` is who it was. */
export function SignInPage({ before }: { before: CurrentMember | undefined }) {
  async function goOn() {
    const me = await queryClient.fetchQuery({ ...getMeOptions(), staleTime: 0 }).catch(() => null);
    if (!me) return before ? undefined : reportSignedIn(); // it is said in place of the console
    // Another person must not see what this page has loaded for the first one.
    if (before && before.staff_id !== me.staff_id) return location.reload();
    reportSignedIn();
    void queryClient.invalidateQueries();
  }

  const form = (
    <>
      <SignInForm
        email={before?.email ?? ''}
        refusal={before ? null : refusalInWords()}
        onSignedIn={() => void goOn()}
      />
      <LanguageButtons onChoose={(language) => void showLanguage(language)} />
    </>
  );
  if (before) return <SignInAgain>{form}</SignInAgain>;
  return (
    <main className={styles.page} data-ready>
      <Brand />
      <div className={styles.box}>
        <h1>
          <Trans>Sign in to the console</Trans>
        </h1>
        {form}
      </div>
    </main>
  );
}

/** Whoever signs in again goes on where they were. */
function SignInAgain({ children }: { children: ReactNode }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    element?.querySelector<HTMLElement>('[name=password]')?.focus(); // the address is known
    return () => element?.close(); // the focus returns to where it was
  }, []);
  return (
    <dialog
      ref={dialog}
      className={styles.box}
      aria-labelledby="sign-in"
      onCancel={(event) => event.preventDefault()}
    >
      <h2 id="sign-in">
        <Trans>Please sign in again</Trans>
      </h2>
      <p>
        <Trans>Your session has ended. What you have typed is kept.</Trans>
      </p>
      {children}
    </dialog>
  );
}

import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { acceptInvitation } from '#api/generated/sdk.gen.ts';
import { Button } from '#shared/ui/Button.tsx';
import { showLanguage } from '../language.ts';
import { wordsOf } from '../refusals.ts';
import { Brand } from '../ui/Brand.tsx';
import { Field, FormError } from '../ui/Field.tsx';
import { LanguageButtons } from './LanguageButtons.tsx';
import { SignInForm } from './SignInForm.tsx';
import styles from './SignInPage.module.css';

/** `/console/accept#<secret>`: chooses a password with the secret of an invitation or a reset, then signs in with it. */
export function AcceptPage() {
  const { t } = useLingui();
  const [isRepeated, setRepeated] = useState(true);
  const accepting = useMutation({
    mutationFn: (password: string) =>
      acceptInvitation({ body: { secret: location.hash.slice(1), password } }),
    onSuccess: () => history.replaceState(null, '', location.pathname), // the secret is used up
  });

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const isSame = fields.get('password') === fields.get('repeated');
    setRepeated(isSame);
    if (isSame) accepting.mutate(String(fields.get('password')));
  }

  const email = accepting.data?.email;
  return (
    <main className={styles.page} data-ready>
      <Brand />
      <div className={styles.box}>
        <h1>{email ? <Trans>Sign in to the console</Trans> : <Trans>Choose your password</Trans>}</h1>
        {email ? (
          <>
            <p className={styles.done} role="status">
              <Trans>Your password is set. You can sign in with it now.</Trans>
            </p>
            <SignInForm email={email} onSignedIn={() => location.replace('/console')} />
          </>
        ) : (
          <>
            <ul className={styles.rules}>
              <li>
                <Trans>At least 12 characters; a few words are easy to remember</Trans>
              </li>
              <li>
                <Trans>Not one of the most common passwords, and not your e-mail address</Trans>
              </li>
            </ul>
            <form onSubmit={submit} className={styles.form}>
              <Field
                label={t`New password`}
                name="password"
                type="password"
                autoComplete="new-password"
                minLength={12}
                maxLength={200}
                required
              />
              <Field
                label={t`Repeat the password`}
                error={!isRepeated && t`The two passwords differ.`}
                name="repeated"
                type="password"
                autoComplete="new-password"
                maxLength={200}
                required
              />
              {accepting.error && <FormError>{wordsOf(accepting.error)}</FormError>}
              <Button type="submit" look="primary" size="large" disabled={accepting.isPending}>
                <Trans>Save the password</Trans>
              </Button>
            </form>
          </>
        )}
        <LanguageButtons onChoose={(language) => void showLanguage(language)} />
      </div>
    </main>
  );
}

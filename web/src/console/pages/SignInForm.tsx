import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { ApiError } from '#api/errors.ts';
import { listSignInMethodsOptions } from '#api/generated/@tanstack/react-query.gen.ts';
import { signIn } from '#api/generated/sdk.gen.ts';
import type { SignInData } from '#api/generated/types.gen.ts';
import { Button } from '#shared/ui/Button.tsx';
import { wordsOf, wordsOfCode } from '../refusals.ts';
import { leaveForProvider } from '../signed-out.ts';
import { Field, FormError } from '../ui/Field.tsx';
import { useCountdown } from '../useCountdown.ts';
import styles from './SignInPage.module.css';

interface SignInFormProps {
  /** Known from before. */
  email?: string;
  /** Why the identity provider has not signed in. */
  refusal?: string | null;
  onSignedIn(): void;
}

/** Address and password, then the code of the second factor where there is one; or the identity provider. */
export function SignInForm({ email = '', refusal, onSignedIn }: SignInFormProps) {
  const { t } = useLingui();
  const methods = useQuery(listSignInMethodsOptions()).data;
  const wait = useCountdown();
  const [needsCode, setNeedsCode] = useState(false);
  const code = useRef<HTMLInputElement>(null);
  const signingIn = useMutation({
    mutationFn: (body: SignInData['body']) => signIn({ body }),
    onSuccess: onSignedIn,
    onError(error) {
      if (!(error instanceof ApiError)) return;
      if (error.code === 'second_factor_required') setNeedsCode(true);
      if (error.retryAfter) wait.start(error.retryAfter);
    },
  });
  const isAsked = signingIn.error instanceof ApiError && signingIn.error.code === 'second_factor_required';
  const failure = signingIn.error ? failureOf(signingIn.error) : signingIn.isIdle && refusal;

  useEffect(() => {
    if (needsCode) code.current?.focus();
  }, [needsCode]);

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const typed = String(fields.get('code') ?? '').trim();
    signingIn.mutate({
      email: String(fields.get('email')),
      password: String(fields.get('password')),
      ...(typed && { code: typed }),
    });
  }

  return (
    <form onSubmit={submit} className={styles.form}>
      <Field
        label={t`E-mail`}
        name="email"
        type="email"
        autoComplete="username"
        defaultValue={email}
        autoFocus={!email}
        required
      />
      <Field
        label={t`Password`}
        name="password"
        type="password"
        autoComplete="current-password"
        maxLength={200}
        required
      />
      {needsCode && (
        <Field
          ref={code}
          label={t`Code`}
          hint={t`Enter the code from your authenticator app, or a recovery code`}
          name="code"
          autoComplete="one-time-code"
          minLength={6}
          maxLength={40}
          required
        />
      )}
      {failure && !isAsked && <FormError>{failure}</FormError>}
      <Button type="submit" look="primary" size="large" disabled={signingIn.isPending || wait.left > 0}>
        {wait.left > 0 ? <Trans>Try again in {wait.left} s</Trans> : <Trans>Sign in</Trans>}
      </Button>
      {methods?.oidc && (
        <a className={styles.provider} href="/staff/session/oidc" onClick={leaveForProvider}>
          <Trans>Sign in with single sign-on</Trans>
        </a>
      )}
    </form>
  );
}

/** The button counts the seconds. */
const failureOf = (error: Error) =>
  error instanceof ApiError && error.status === 429 ? wordsOfCode('too_many_requests') : wordsOf(error);

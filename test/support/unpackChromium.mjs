// @ts-check
// Unpacks the Chromium of @sparticuz/chromium, its libraries and fonts into $TMPDIR: the package knows no other way to
// be told where. It unpacks the libraries only where it takes the machine for AWS Lambda, hence the variable.
process.env['AWS_EXECUTION_ENV'] = 'AWS_Lambda_nodejs20.x'
const { default: chromium } = await import('@sparticuz/chromium')
process.stdout.write(await chromium.executablePath())

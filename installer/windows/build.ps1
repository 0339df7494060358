# Makes the Windows setup in build\windows\out. NEVER RUN ON WINDOWS YET: a first run there will find what is wrong.
# Needs: Python 3.11 to 3.13 (python.org), NSIS 3 (makensis on the path), git. From the checkout's folder:
#   powershell -ExecutionPolicy Bypass -File installer\windows\build.ps1
$ErrorActionPreference = 'Stop'
Set-Location (Join-Path $PSScriptRoot '..\..')

function Invoke-Checked([string]$Program) {
    & $Program @args
    if ($LASTEXITCODE -ne 0) { throw "$Program ended with $LASTEXITCODE" }
}

$work = 'build\windows'
$python = "$work\venv\Scripts\python.exe"
New-Item -ItemType Directory -Force "$work\out" | Out-Null
if (-not (Test-Path $python)) {
    Invoke-Checked py -3.11 -m venv "$work\venv"
    Invoke-Checked $python -m pip install --disable-pip-version-check --no-deps --only-binary :all: `
        --require-hashes --requirement installer\package.lock
}

$env:PYTHONPATH = (Get-Location).Path
$env:PYTHONHASHSEED = '0'
$env:PYTHONUTF8 = '1'
$env:SOURCE_DATE_EPOCH = (git log -1 --format=%ct)
$env:ZHIWANG_BUILD = (git rev-list --count HEAD)
$env:ZHIWANG_ICON = Join-Path (Get-Location) "$work\zhiwang-256.ico"
$version = & $python -c "from installer.freeze.contents import version; print(version('$env:ZHIWANG_BUILD'))"

Invoke-Checked $python installer\freeze\app_icon.py installer\linux\entries\zhiwang.svg $env:ZHIWANG_ICON
Invoke-Checked $python -m PyInstaller --noconfirm --log-level WARN `
    --distpath "$work\frozen" --workpath "$work\work" installer\windows\zhiwang.spec
$licences = "$work\frozen\zhiwang\licences"
if (Test-Path $licences) { Remove-Item -Recurse $licences }
Invoke-Checked $python installer\freeze\licences.py $licences
Invoke-Checked makensis /INPUTCHARSET UTF8 "/DVERSION=$version" "/DFROZEN=$((Get-Location).Path)\$work\frozen\zhiwang" `
    "/DICON=$env:ZHIWANG_ICON" "/DOUT=$((Get-Location).Path)\$work\out\zhiwang-$version-setup.exe" installer\windows\zhiwang.nsi
Write-Output "$work\out\zhiwang-$version-setup.exe"

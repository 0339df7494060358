; The Windows setup: the frozen folder for this user alone, two entries in the start menu, an uninstaller that
; removes what was put there and no site. NEVER RUN ON WINDOWS YET; compiled by makensis on a stand-in folder in a test.
; makensis /INPUTCHARSET UTF8 /DVERSION=1.2.3.4 /DFROZEN=folder /DOUT=setup.exe [/DICON=file.ico] zhiwang.nsi
Unicode true
!ifndef VERSION
  !error "VERSION, four numbers, is not given"
!endif
!ifndef FROZEN
  !error "FROZEN, the folder of the frozen program, is not given"
!endif
!ifndef OUT
  !error "OUT, the setup to write, is not given"
!endif
; A placeholder of a publisher's own, as the Debian package's.
!define APPID "cn.zhiwang.console"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\${APPID}"

!include "MUI2.nsh"
Name "智网调度台 ${VERSION}"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\${APPID}"
InstallDirRegKey HKCU "${UNINSTALL}" "InstallLocation"
RequestExecutionLevel user
SetCompressor /SOLID lzma
VIProductVersion "${VERSION}"
VIAddVersionKey /LANG=2052 "ProductName" "智网调度台"
VIAddVersionKey /LANG=2052 "FileDescription" "智网调度台安装程序"
VIAddVersionKey /LANG=2052 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=2052 "LegalCopyright" "Apache-2.0"
!ifdef ICON
  !define MUI_ICON "${ICON}"
  !define MUI_UNICON "${ICON}"
!endif
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "SimpChinese"
!insertmacro MUI_LANGUAGE "English"

; A folder of our own below the one that was chosen: what is removed later is ours to remove.
Section
  IfFileExists "$INSTDIR\files\zhiwang.exe" 0 fresh
    RMDir /r "$INSTDIR\files"
    IfErrors 0 fresh
      MessageBox MB_ICONSTOP|MB_OK "智网调度台正在运行，请先关闭。$\r$\nThe console is open; close it first." /SD IDOK
      Abort
  fresh:
  SetOutPath "$INSTDIR\files"
  File /r "${FROZEN}/*"
  SetOutPath "$INSTDIR"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateDirectory "$SMPROGRAMS\智网调度台"
  CreateShortcut "$SMPROGRAMS\智网调度台\智网调度台.lnk" "$INSTDIR\files\zhiwang-window.exe" "run --from-icon"
  CreateShortcut "$SMPROGRAMS\智网调度台\卸载智网调度台.lnk" "$INSTDIR\uninstall.exe"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "智网调度台"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
SectionEnd

; The sites lie in the user's own data and stay: they may hold what no hub has yet.
Section "Uninstall"
  RMDir /r "$INSTDIR\files"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  RMDir /r "$SMPROGRAMS\智网调度台"
  DeleteRegKey HKCU "${UNINSTALL}"
SectionEnd

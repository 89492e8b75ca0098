//! 简体中文, in the terms of kubernetes.io/zh-cn.

use super::Text;

/// The sentence in Chinese, with places for what it is about.
pub fn template(text: &Text) -> &'static str {
    match text {
        Text::Terminal => "终端",
        Text::TerminalInput => "命令行",
        Text::TerminalHint => {
            "按 Enter 执行，按 Tab 补全可补全的词，按 ↑ 和 ↓ 调出先前的命令，按 Ctrl C 结束仍在运行的命令。命令在画面上的时刻执行。"
        }
        Text::TerminalExamples => "例如",
        Text::Copied => "已复制",
        Text::CopyTranscript => "全部复制",
        Text::ClearTerminal => "清空",
        Text::StillEditing => "已在下方的编辑器中打开",
        Text::Offered { .. } => "{count} 种可能：",
        Text::EditorTitle { .. } => "编辑 {name}",
        Text::EditorSave => "保存并关闭",
        Text::EditorLeave => "不保存并关闭",
        Text::StillRunning => "随时间继续输出",
        Text::ExitStatus { .. } => "退出状态 {status}",
        Text::LinesLeftOut { .. } => "还有 {lines} 行",
        Text::ShellMissing { .. } => {
            "这里只有 kubectl，没有 shell：{character} 在这里不起作用。每行一条命令。"
        }
        Text::ProgramMissing { .. } => "这里没有 {program}，只有 kubectl。",
        Text::CommandMissing { .. } => "真实的 kubectl 有 {command} 命令，这里没有。",
        Text::FlagMissing { .. } => "真实的 kubectl 在此支持 {flag}，这里不支持。",
        Text::KindMissing { .. } => "在真实集群中，对 {kind} 也可以这样做；在这里不行。",
        Text::FieldMissing { .. } => "真实集群会保存 {field}；这里不保存它，因此什么都没有改变。",
        Text::TemplateMissing => {
            "这不是适合该对象的 Go 模板，或者用到了这里没有的功能：这里支持字段、range、if、管道和常用函数。"
        }
        Text::CreationMissing => "这里的所有对象都在 default 命名空间中；什么都没有创建。",
        Text::DeletionMissing { .. } => "这里不能删除 {kind}，因此什么都没有改变。",
        Text::ManifestMissing => {
            "这里没有文件。`-f -` 读取下方的清单输入框，或 `<<EOF` 之后的各行；在那里打开的文件可按文件名读取。"
        }
        Text::NewRun { .. } => {
            "这里一次只显示一个 Deployment：这次运行从创建 {name} 开始。页面上的“撤销”可以恢复先前的运行。"
        }
        Text::NoPlace { .. } => {
            "kubectl 会这样输出；但这里不模拟 {kind}：什么都没有保存，也不会产生任何影响。"
        }
        Text::OneNamespace { .. } => {
            "这里的所有对象都在同一个命名空间中：`-n {name}` 也指它，kubectl 称它为 default。"
        }
        Text::NoLogs => "这里的容器中没有真正运行的程序，所以日志是空的。",
        Text::NoRelease => {
            "kubectl 会这样输出。它的属主会释放它并另建一个；这里不模拟这一点，因此什么都没有改变。"
        }
        Text::SetBack => {
            "kubectl 会这样输出。Deployment 控制器会立即把 ReplicaSet 恢复原样，因此这里什么都没有改变。"
        }
        Text::ManifestIgnored { .. } => "`{field}` 对上线没有影响。",
        Text::ManifestIgnoredButNamed { .. } => {
            "`{field}` 只影响 ReplicaSet 的名称；这里的上线过程与它无关。"
        }
        Text::ManifestOtherKind { .. } => "略过 {kind}：这里只模拟 Deployment。",
        Text::ManifestRepeated { .. } => "`{field}` 出现了两次；kubectl 会不加提示地采用最后一个。",
        Text::ManifestOneReplica => {
            "只有一个副本且使用默认策略时，新 Pod 会作为峰值（maxSurge）先创建：两个版本会同时运行一段时间。"
        }
        Text::ManifestNoReadinessProbe => {
            "没有就绪探针时，容器一运行，Pod 就算就绪，即使它还不能提供服务：有问题的版本可能会替换掉所有正常的 Pod。"
        }
        Text::ManifestPreStopTooLong { .. } => {
            "preStop 回调会休眠 {sleep} 秒，但体面终止期限（terminationGracePeriodSeconds）只有 {grace} 秒：应用会在完成之前被强制终止。"
        }
        Text::ManifestDeadline => {
            "progressDeadlineSeconds 必须大于 minReadySeconds，否则没有 Pod 能及时变为可用。"
        }
        Text::ManifestAntiAffinity { .. } => {
            "这些 Pod 中任意两个都不能位于同一节点：上线需要 {nodes} 个节点，否则会卡住。"
        }
        Text::Manifest => "清单",
        Text::ManifestHint => {
            "粘贴 YAML 或 JSON 格式的 Deployment 清单，它就会成为模拟的对象，名称与你的集群所给的相同。内容不会离开此页面。"
        }
        Text::ManifestField => "Deployment 清单",
        Text::ManifestFile => "或打开文件，也可以把文件拖放到输入框中",
        Text::ManifestAt { .. } => "第 {line} 行第 {column} 列：",
        Text::ManifestShow { .. } => "显示 {name} 的上线过程",
        Text::ManifestNow => "画面上的 Deployment",
        Text::ManifestNoPatch => "这些更改无法在此表示为一个 patch。",
        Text::ManifestSame => "自运行开始以来没有任何更改。",
        Text::CopyManifest => "复制",
        Text::DownloadManifest => "下载",
        Text::ManifestNoDeployment => "其中没有 Deployment。",
        Text::ManifestTooLarge { .. } => "不读取超过 {most} KB 的清单。",
        Text::ManifestTooDeep { .. } => "值的嵌套超过 {most} 层。",
        Text::ManifestTooMuch => "值太多（包括别名重复的值）。",
        Text::PictureThreads { .. } => "每 {pods} 个 Pod 画一条线。",
        Text::PictureMadeBy => "由 Rollscope 按照 Kubernetes 1.36.2 的行为模拟",
        Text::Tabs => "工作台",
        Text::TabTerminal => "终端与清单",
        Text::TabShare => "分享",
        Text::ShareLinks => "链接",
        Text::LinkEditor => "完整页面，停在此刻",
        Text::LinkStep => "完整页面，停在这一步",
        Text::LinkViewer => "仅画面与播放控件",
        Text::ShareForms => "图片与数据",
        Text::ShareHint => "全部在本页面内生成，不会向任何地方发送数据。",
        Text::PictureLook => "图片",
        Text::LookAuto => "跟随读者的系统",
        Text::LookLight => "浅色",
        Text::LookDark => "深色",
        Text::FormSvg => "此刻的 SVG",
        Text::FormMoving => "整个过程的 SVG 动画",
        Text::FormPng => "此刻的 PNG",
        Text::FormJson => "JSON：此刻的状态和每一步",
        Text::FormCsv => "CSV：每步一行",
        Text::FormMarkdown => "Markdown：表格",
        Text::FormTranscript => "终端记录",
        Text::CopyIt { .. } => "复制：{what}",
        Text::SaveIt { .. } => "下载：{what}",
        Text::OpenHere => "打开在此保存的图片",
        Text::OpenLink => "或粘贴链接",
        Text::OpenNothing => "其中没有 Rollscope 的链接。",
        Text::Embed => "嵌入",
        Text::EmbedTitle => "逐个 Pod 看 Kubernetes 滚动更新",
        Text::EmbedHost => "用于",
        Text::EmbedAs => "形式",
        Text::EmbedHeight => "高度（像素）",
        Text::EmbedNoHeight { .. } => "请输入 {least} 到 {most} 之间的数。",
        Text::EmbedTheme => "浅色或深色",
        Text::EmbedLang => "语言",
        Text::AsSite => "跟随网站",
        Text::AsReader => "跟随读者的浏览器",
        Text::EmbedControls => "播放与步进按钮",
        Text::EmbedClick => "点击后才加载",
        Text::EmbedLoop => "循环播放",
        Text::EmbedStops => "在每个决定处停下",
        Text::EmbedSteps => "仅限步骤",
        Text::EmbedNoSteps => "请输入首步与末步，例如 5-40、5- 或 -40。",
        Text::EmbedPanels => "显示内容",
        Text::EmbedNoPanels => "一项都不选时，仍显示 Pod、图表和原因。",
        Text::PanelPods => "Pod",
        Text::PanelChart => "图表",
        Text::PanelWhy => "原因",
        Text::PanelEvents => "事件",
        Text::PanelSettings => "设置",
        Text::PanelNumbers => "数字",
        Text::Snippet => "代码片段",
        Text::NoteHtml => "放入任意网页，或允许 HTML 的 Markdown。",
        Text::NoteDocusaurus => "放入页面（.md 或 .mdx）。",
        Text::NoteHugo => "第一部分是网站中的一个文件，只需一次；第二部分放入页面。",
        Text::NoteMarkdown => "放入章节，前后各留一个空行。",
        Text::NoteMkdocs => "放入页面，前后各留一个空行。",
        Text::NoteSphinx => "放入页面（.rst）。非 HTML 格式会显示链接。",
        Text::NoteReadme => {
            "那里不能运行程序：请将上面的 SVG 分别以浅色和深色保存，并将两个文件放在 README 旁边。"
        }
        Text::PreviewShow => "显示预览",
        Text::PreviewAgain => "预览此刻",
        Text::Preview => "预览",
        Text::PreviewHint => {
            "如果一直为空，说明此网站的 Content-Security-Policy 不允许框架：缺少 frame-src 'self'。"
        }
        Text::ManifestNoText => "这不是文本：其中有 NUL 或不是 UTF-8 的字符。",
    }
}

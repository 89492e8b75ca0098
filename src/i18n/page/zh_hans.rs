//! 简体中文, in the terms of kubernetes.io/zh-cn.

use super::Text;

/// The sentence in Chinese, with places for what it is about.
pub fn template(text: &Text) -> &'static str {
    match text {
        Text::Tagline => "逐个 Pod 看 Kubernetes 滚动更新",
        Text::SwitchLanguage => "English",
        Text::SwitchTheme => "切换浅色与深色",
        Text::Settings => "设置",
        Text::Events => "事件",
        Text::Why => "为什么走这一步",
        Text::Timeline => "上线的时间线",
        Text::ChooseStory => "选择一个案例…",
        Text::Copied => "已复制",
        Text::Starting { .. } => "正在启动：*{available}/{replicas}* 个 Pod 可用",
        Text::ChangeAsked => "已请求修改；控制器尚未行动",
        Text::Asked { .. } => "已请求 *{image}*；控制器尚未行动",
        Text::RollingOut { .. } => {
            "正在上线修订版本 {revision}：已更新 *{updated}/{replicas}*，可用 *{available}*"
        }
        Text::HeldUp { .. } => "受阻于 {cause}：已更新 *{updated}/{replicas}*，可用 *{available}*",
        Text::RolledOut { .. } => "上线完成：全部 *{replicas}* 个 Pod 运行 *{image}*",
        Text::Draining { .. } => "已上线 *{image}*；还有 *{terminating}* 个旧 Pod 正在离开",
        Text::Stuck { .. } => "停滞：已更新 *{updated}/{replicas}*，可用 *{available}*；已超过进度期限",
        Text::Paused { .. } => "已暂停：已更新 *{updated}/{replicas}*；只有规模可以改变",
        Text::Degraded { .. } => "*{available}/{replicas}* 个 Pod 可用",
        Text::NoNode { .. } => "*{count}* 个 Pod 找不到有空位的节点",
        Text::QuotaFull => "*配额*已满：无法再创建 Pod",
        Text::QuotaHasRoom => "*配额*又有余量；ReplicaSet 控制器要等一段时间才再次尝试",
        Text::OldLeaving { .. } => "Recreate：等待 *{leaving}* 个旧 Pod 离开",
        Text::DeploymentGone { .. } => "Deployment 已*删除*；正在离开的 Pod：{leaving} 个",
        Text::AtLeast { .. } => "至少 {floor} 个可用",
        Text::AtMost { .. } => "最多 {ceiling} 个",
        Text::Leaving => "正在离开，\n不计入",
        Text::LegendPending => "Pending",
        Text::LegendRunning => "运行中，未就绪",
        Text::LegendReady => "就绪，尚不可用",
        Text::LegendAvailable => "可用",
        Text::LegendFailing => "出错",
        Text::LegendTerminating => "终止中",
        Text::BudgetLine { .. } => {
            "最多 {ceiling} 个 Pod，现计入 {counted} 个；{available} 个可用，至少须有 {floor} 个；另有 {leaving} 个正在离开。"
        }
        Text::PodTitle { .. } => "{pod}：{stage}",
        Text::Field { .. } => {
            "每个 Pod 是一格：{available} 个可用，{starting} 个启动中，{leaving} 个正在离开。Pod 始终在自己的那一格。"
        }
        Text::PointAtField => "每一格是一个 Pod：可指向或点选",
        Text::ChoosePod => "选择一个 Pod",
        Text::Conditions => "状况",
        Text::RevisionOf { .. } => "修订版本 {revision} · {image}",
        Text::Play => "播放",
        Text::Pause => "暂停",
        Text::Replay => "重新播放",
        Text::StepBack => "后退一步",
        Text::StepForward => "前进一步",
        Text::PreviousDecision => "上一个决定",
        Text::NextDecision => "下一个决定",
        Text::PreviousBatch => "上一批",
        Text::NextBatch => "下一批：Pod 被创建或变为可用",
        Text::Speed => "速度",
        Text::SkipWaits => "跳过等待",
        Text::Skipping { .. } => "正在跳过 {length}，其间无事发生",
        Text::NothingHappensFor { .. } => "{length}内无事发生",
        Text::NothingHappens => "无事发生",
        Text::Hours { .. } => "{count} 小时",
        Text::Minutes { .. } => "{count} 分",
        Text::Secs { .. } => "{count} 秒",
        Text::StepOf { .. } => "第 {step} 步，共 {steps} 步",
        Text::Position { .. } => "第 {seconds} 秒。{what}",
        Text::Weave { .. } => "每个 Pod 是一条随时间延伸的线，共 {pods} 条；批次形成阶梯。",
        Text::ReadTotal => "总数",
        Text::ReadAvailable => "可用",
        Text::ReadUpdated => "已更新",
        Text::ReadLeaving => "正在离开",
        Text::ReadFloor => "下限",
        Text::ReadCeiling => "上限",
        Text::Otherwise { .. } => "原本 {count}",
        Text::MarkCommand => "命令",
        Text::MarkDecision => "决定",
        Text::MarkBatch => "批次",
        Text::MarkFailure => "故障",
        Text::MarkFloorBroken => "低于下限",
        Text::MarkDeadline => "进度期限",
        Text::MarkComplete => "完成",
        Text::Worst { .. } => {
            "上一条命令以来的极值：可用最少 *{least}* 个（{least_at}），Pod 最多 *{most}* 个（{most_at}）。"
        }
        Text::WorstBroken { .. } => {
            "上一条命令以来的极值：可用最少 *{least}* 个（{least_at}），低于下限 {floor}；Pod 最多 *{most}* 个（{most_at}）。"
        }
        Text::GhostNote => "虚线：原本会怎样。",
        Text::SwapFutures => "前往",
        Text::DismissGhost => "清除",
        Text::AsTable => "以表格显示",
        Text::OpenWholePage => "在 Rollscope 中打开",
        Text::AboutEmbed => "在浏览器中按照 Kubernetes 1.36.2 的行为模拟。",
        Text::CopyLink => "复制指向此刻的链接",
        Text::Share => "分享…",
    }
}
